"""Says where compiled rules are kept; imported by whatever imports numba, and by nothing else.

numba asks for its cache folder when a function is decorated: which of the two is imported first is all one.
"""

from __future__ import annotations

from sim.cachefolder import choose_cache_folder

FOLDER = choose_cache_folder()
