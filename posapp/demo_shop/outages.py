"""What a web shop answers when it cannot: HTML, never JSON."""

_SHELL = (
    "<!DOCTYPE html>\n<html dir='ltr'>\n<head>\n"
    '\t<meta http-equiv="Content-Type" content="text/html; charset=UTF-8" />\n'
    '\t<meta name="viewport" content="width=device-width, initial-scale=1.0">\n'
    "\t<title>{title}</title>\n</head>\n"
    '<body id="error-page">\n\t<div class="wp-die-message">{words}</div></body>\n</html>\n'
)

MAINTENANCE_PAGE = _SHELL.format(
    title="Maintenance",
    words="Briefly unavailable for scheduled maintenance. Check back in a minute.",
)
DATABASE_PAGE = _SHELL.format(
    title="Database Error", words="<h1>Error establishing a database connection</h1>"
)
CRASH_PAGE = _SHELL.format(
    title="WordPress &rsaquo; Error",
    words="<p>There has been a critical error on this website.</p>",
)
BAD_GATEWAY_PAGE = (
    "<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body>\r\n"
    "<center><h1>502 Bad Gateway</h1></center>\r\n<hr><center>nginx/1.22.1</center>\r\n</body>\r\n</html>\r\n"
)
TOO_MANY_PAGE = (
    "<html>\r\n<head><title>429 Too Many Requests</title></head>\r\n<body>\r\n"
    "<center><h1>429 Too Many Requests</h1></center>\r\n</body>\r\n</html>\r\n"
)
