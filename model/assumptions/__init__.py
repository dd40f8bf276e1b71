"""What a user supposes: types, faults, files and links."""
