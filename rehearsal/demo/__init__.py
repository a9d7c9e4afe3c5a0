"""The demonstration programme: made-up people whose two or three months the acts themselves have written."""
