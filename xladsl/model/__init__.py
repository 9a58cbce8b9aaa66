"""What an agreement says, as typed values: the constructs, their quantities, and how they come from the text."""
