"""Curves, differences and maps: functions that take data and axes; only ``plots`` and ``maps`` save."""
