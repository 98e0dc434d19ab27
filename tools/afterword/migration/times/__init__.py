"""Times: days, times of day and zones as people write them, and the timelines that are made of them."""
