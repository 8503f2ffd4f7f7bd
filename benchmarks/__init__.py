"""Measurements of Stuntbook as a user runs it. `python -m benchmarks` prints them."""
