"""What goes out: data files, pages and the review site, built beside the earlier ones and swapped in."""
