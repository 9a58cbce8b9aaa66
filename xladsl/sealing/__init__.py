"""Paper that carries what it was made from, so that anybody can make it again and compare.

carrying     an agreement as one text, for the readers of an edition, and the files that travel inside the PDF
identity     a private key with its certificate, as people have them
tokens       a private key that stays on its device
signing      a signature put behind a paper
appearance   what a signature shows in its field
timestamps   the time of a signature as an authority says it
signatures   what stands behind a paper: who signed it, and whether anything else was added
proof        what a PDF carries, taken out, built again, and held against the paper
"""
