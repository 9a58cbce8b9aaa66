"""Paper that carries what it was made from, so that anybody can make it again and compare.

carrying     an agreement as one text, for the readers of an edition, and the files that travel inside the PDF
proof        what a PDF carries, taken out, built again, and held against the paper
"""
