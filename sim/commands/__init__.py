"""What the command line needs beside ``sim.cli``: options, progress, and the text it prints."""
