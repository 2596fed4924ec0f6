"""How numba compiles rules and engine, and where compiled code is kept: nothing here decides a number.

Rules are kept in an intermediate form, since only compiled code calls them and inlines them: machine
code of each by itself would never be used (`compiled`, `intermediate`, `bits`). World and state are
passed as one pointer each; numba's own way is hundreds of arguments per call (`handing`). Compiled code is
kept in a folder named by a hash of the sources without comments and docstrings: no edited rule is stale,
and a changed comment recompiles nothing (`cache_folder`, `kept`, `sources`).
With a numba other than the one tried, rules are compiled the usual way, since their intermediate form leans
on numba's internals: to the same bits, but in about twice the time.
"""
