"""Pictures as SVG text: pure functions from plain values, the same every time, in one visual grammar."""
