"""The preparer's forms. They keep what was typed as it was typed: whether it will do, the rules say."""
