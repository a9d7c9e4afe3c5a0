"""Pages of the plans: the preparer's here, one module a matter; the life of a plan beside them."""
