"""What each kind of page shows, as values: one file a kind of page. They read Public and know nothing of HTML."""
