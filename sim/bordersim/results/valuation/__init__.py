"""What a run comes to: prices and rates on what the engine has counted. Nothing here changes what happens."""
