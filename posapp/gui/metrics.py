"""Lengths, in pixels at 100 % text; a height grows with the text by `look().height`."""

# Steps of the grid.
S12, S16, S32 = 12, 16, 32
PAGE_MARGIN = 24
CARD_GAP = 16
CARD_PADDING = 16

# Radii.
RADIUS_CARD = 8  # card, dialog, tile, toast
RADIUS = 6  # button, input, chip, rail item, strip
RADIUS_SMALL = 4  # check box, keycap, inner segment

# Heights.
RAIL_ITEM = 40
PAGE_HEADER = 60
TABLE_HEADER = 32
ROW = 40
ROW_DENSE = 36
ACTION_BAR = 64
DIALOG_FOOTER = 60
BANNER = 44
STRIP = 40
STRIP_DIALOG = 36
STATUS_BAR = 28
CONTROL = 36
CONTROL_SMALL = 28
CONTROL_LARGE = 48
COMMIT = 40
PAY = 56
FILTER_CHIP = 32
CHIP = 24
BADGE = 20

# Widths.
RAIL = 208
RAIL_ICONS = 56
RAIL_ICONS_BELOW = 1200  # the window's width under which the rail shows icons only
SIDE_PANEL = 364
SIDE_PANEL_PRODUCTS = 392
JUMP_BOX = 440

# Icons.
ICON = 18
ICON_SMALL = 16
ICON_CHIP = 14
ICON_HEAD = 20
