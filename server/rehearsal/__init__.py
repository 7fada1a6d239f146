"""The rehearsal meetings: two written meetings, their recordings and truth, and the tool that renders them."""
