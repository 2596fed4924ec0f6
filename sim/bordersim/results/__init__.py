"""From counts to figures, paired differences and files."""
