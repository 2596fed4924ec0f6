"""How numba compiles rules and engine, and where compiled code is kept: nothing here decides what happens.

Rules are kept in an intermediate form, since only compiled code calls them and swallows them whole: machine
code of each by itself would be made for nobody (`compiled`, `intermediate`, `bits`). World and state are
handed over as one pointer each; numba's own way is hundreds of arguments a call (`handing`). Compiled code is
kept in a folder named by what the sources say without comments and docstrings: an edited rule is never stale,
another comment compiles nothing anew (`cache_folder`, `kept`, `sources`).
With a numba other than the one tried, rules are compiled the usual way, since their intermediate form leans
on its inside: to the same bits, but in about twice the time.
"""
