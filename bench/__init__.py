"""The speed of Ceļabiedrs beside floors that do the bare minimum of the same job (docs/bench.md)."""
