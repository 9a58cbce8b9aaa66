"""What changed between two versions of an agreement: in the words of paper, and in what they mean for the parties."""
