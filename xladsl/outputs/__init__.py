"""What a finished agreement becomes: one module per output, from the model to the bytes of a file."""
