"""The messages that people read: their words, their page, and the letters that say there are some."""
