"""How rules and engine are compiled, and where compiled code is kept."""
