"""`make chaos`: processes that write are killed, or meet what disks and clocks do to them."""
