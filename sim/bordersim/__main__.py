"""``python -m bordersim``: the command where the folder of scripts is not on the path."""

from bordersim.cli import main

if __name__ == "__main__":
    main()
