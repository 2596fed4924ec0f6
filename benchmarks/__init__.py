"""Speed, by ratios within one run: `python -m benchmarks` prints tables and writes docs/benchmarks.md."""
