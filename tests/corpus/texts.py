"""Texts of students: what attacks the browser of whoever marks it, and what has to read as it was written.

Whatever runs sets ``window.ran``; whatever is fetched comes from ``EVIL``.
"""

EVIL = "evil.invalid"
PIXEL = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
ATTACHED = {"membrane.png": {"image/png": PIXEL}, "nothing.png": {}, "page.png": {"text/html": PIXEL}}

_SCHEMES = (
    r"javascript\:window.ran=1",
    "javascript:window.ran=1",
    "javascript&colon;window.ran=1",
    r"javascript\&colon;window.ran=1",
    "javascript&#58;window.ran=1",
    "javascript&#x3A;window.ran=1",
    "java&Tab;script:window.ran=1",
    "java&NewLine;script&colon;window.ran=1",
    "java&#10;script:window.ran=1",
    "java&#13;script:window.ran=1",
    "&#1;javascript:window.ran=1",
    "&#32;javascript:window.ran=1",
    "&#106;avascript:window.ran=1",
    r"jAvAsCrIpT\:window.ran=1",
    "files/javascript:window.ran=1",
    "/files/javascript:window.ran=1",
    "vbscript:window.ran=1",
    "data:text/html,<script>window.ran=1</script>",
    "data:text/html;base64,PHNjcmlwdD53aW5kb3cucmFuPTE8L3NjcmlwdD4=",
    "data&colon;image/svg+xml;base64,PHN2Zz4=",
    "blob:x",
    "file:///etc/passwd",
    "view-source:x",
    f"//{EVIL}/a.png",
    rf"/\{EVIL}/a.png",
    f"/files//{EVIL}/a.png",
    f"files///{EVIL}/a.png",
    "/formgrader/?path=submitted",
    "../../../formgrader/?path=submitted",
    "%2e%2e/%2e%2e/formgrader/?path=submitted",
    "https%3A//../../../formgrader/?path=submitted",
    "https:/formgrader/?path=submitted",
    "?path=submitted",
    "page.html",
    "picture.svg#x.html",
    "page.xhtml",
)
_LINKS = (
    "[here]({0})",
    "[here](<{0}>)",
    '[here]({0} "a title")',
    "[here](\n{0})",
    "[*here*][r{1}]\n\n[r{1}]: {0}",
    "[r{1}]\n\n[r{1}]:\n  <{0}>\n  'title'",
    "> [here][r{1}]\n>\n> - [r{1}]: {0}",
    "- - > [here]({0})",
    "| [here]({0}) |\n|:--|\n| [x]({0}) |",
    "[![alt](attachment:membrane.png)]({0})",
    "![picture]({0})",
    "![picture][r{1}]\n\n[r{1}]: {0}",
    "<{0}>",
    "[a](x '[b]({0})')",
    "[here](https://example.org '\" onclick=window.ran=1 x=\"')[x]({0})",
)
_TAGS = (
    "<script>window.ran=1</script>",
    "<img src=x onerror=window.ran=1>",
    "<img/src=x/onerror=window.ran=1>",
    f"<img src=https://{EVIL}/a.png>",
    f"<IMG SRCSET=https://{EVIL}/a.png>",
    f'<div style="background:url(https://{EVIL}/a.png)">x</div>',
    f"<style>@import 'https://{EVIL}/a.css'</style>",
    f"<link rel=stylesheet href=https://{EVIL}/a.css>",
    f"<meta http-equiv=refresh content='0;https://{EVIL}/'>",
    f"<base href=https://{EVIL}/>",
    "<svg onload=window.ran=1>",
    "<svg><a href=javascript:window.ran=1><text y=20>x</text></a></svg>",
    "<math><a xlink:href=javascript:window.ran=1>x</a></math>",
    "<math><mtext><table><mglyph><style><!--</style><img title='--&gt;&lt;img src=1 onerror=window.ran=1&gt;'>",
    "<iframe srcdoc='<script>parent.ran=1</script>'></iframe>",
    "<details open ontoggle=window.ran=1>x</details>",
    "<input autofocus onfocus=window.ran=1>",
    "<form action=javascript:window.ran=1><button id=submit>x</button></form>",
    "<a href='javascript:window.ran=1'>x</a>",
    "<!-- --!><img src=x onerror=window.ran=1> -->",
    "<![CDATA[<img src=x onerror=window.ran=1>]]>",
    "<?php <img src=x onerror=window.ran=1> ?>",
    "<!DOCTYPE x [<img src=x onerror=window.ran=1>]>",
    "<noscript><p title='</noscript><img src=x onerror=window.ran=1>'>",
    "</div></div></div></div><script>window.ran=1</script>",
    "<textarea><title><plaintext>",
)
_AROUND = (
    "{}",
    "a {} b",
    "> - {}",
    "<div>\n\n{}\n",
    "`a {}",
    "$a$ {} $b$",
    "[{}](https://example.org)",
    "![{}](attachment:membrane.png)",
    "[x](https://example.org '{}')",
    "# {}",
    "| {} |\n|--|",
    "```mermaid\n{}\n```",
    "```{}\nx\n```",
    r"$\text{{{}}}$",
    r"$$\mathrm{{{}}}$$",
)
_OTHERS = (
    "![](attachment:nope.png)",
    "![the membrane][p]\n\n[p]: attachment:nope.png",
    "![](attachment:nothing.png) ![](attachment:page.png)",
    f"![x](https://{EVIL}/a.png) ![x][e]\n\n[e]: http://{EVIL}/b.png",
    r"$\href{javascript:window.ran=1}{x}$",
    r"$$\style{background:url(https://evil.invalid/a.png)}{x} \class{score}{x} \unicode[x]{65} \cssId{notebook}{x}$$",
    r"&#92;href{javascript:window.ran=1}{x} \\href{javascript:window.ran=1}{x}",
    r"$\hr&#101;f{javascript:window.ran=1}{x}$",
    r"\begin{equation}\def\tau{0}\let\alpha\beta\newcommand{\x}{\x\x}\x\end{equation}",
    "# essay_negative_voltage\n\nessay_negative_voltage-comment\n===",
    "[^1]\n\n[^1]: [x](javascript:window.ran=1)",
    "*[HTML]: javascript:window.ran=1\n\nHTML",
    "\x00\x01\x1b[31m<\x00script>window.ran=1</script>",
)
HOSTILE_TEXTS = [
    *(link.format(scheme, number) for number, scheme in enumerate(_SCHEMES) for link in _LINKS),
    *(around.format(tag) for tag in _TAGS for around in _AROUND),
    *_OTHERS,
]

LONG_TEXTS = {
    text: text * (60_000 // len(text))
    for text in (
        "[a\n", "[", "]", "![a](b ", "[](", "[a](b \"", "[a]: b\n\n", "`a ``b ", "*a _b ", "$a$$b ", r"\\[a ", r"\\(a ",
        r"\begin{a}", "> ", "> - ", "- ", "|a", "|a|b|\n|-|-|\n", "<a ", "<!-- ", "&a", "**a __b ~~c ", "a\n: b\n",
        "```\n", "```py\n@a.a.a.a\n", "\\", "\n", " ", "a\n\n", "![x](http://x)", "[a](javascript:x)", "$x_1$ ", "<http://",
    )
}  # fmt: skip

PLAIN_TEXTS = (
    "Between 0 < v and v > 1 & otherwise; `v[i] < v[i + 1] && x` is code, x<y too.",
    "1. *One* and **two**\n2. ~~three~~\n   - `four`\n\n- [x] done\n- [ ] to do\n",
    "| tau | v |\n|:----|--:|\n| 1 | $v_1$ |\n| 2 | `x` |",
    "> A quote\n> of two lines\n\nA term\n: what it means\n\n---\n",
    "It holds $\\tau \\dot v = I - v$:\n\n$$\nv(t) = \\frac{1}{\\tau} \\int_0^t e^{-s/\\tau} I(t-s) ds\n$$",
    "\\begin{align}\na &= b \\\\\nc &< d\n\\end{align}",
    "$a<b$ and $5 or $6, \\$7, \\*no emphasis\\*, \\[no link\\](javascript:x)",
    "[Gerstner](https://neuronaldynamics.epfl.ch/online/Ch1.html?a=1&b=2#S3 'a title'), <https://example.org/a>, "
    "https://example.org/b, [mail](mailto:a@example.org), [above](#Why), [notes](notes.txt), [r][]\n\n[r]: http://example.org",
    "![The membrane](attachment:membrane.png 'a title') ![drawn](drawn.png)",
    "```python\nd[key](lambda: x)  # [x](y: z)\nif a < b: a = {'x': 1}\n```\n\n    indented: [x](y: z) <b>\n",
    "## A heading\n\nAnother\n=======\n\nWhy: because.  \nA new line, é ü 你好 🧠",
    "",
)
