"""Experiments of many blocks: cut into jobs, made by workers, resumed, extended, made again."""
