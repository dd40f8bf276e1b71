"""Files as publishers make them, to rows of ours: UCDP, ACLED, Metaculus."""
