"""One synthetic family under two policies: in words and on two lanes, as a page and as plain text."""
