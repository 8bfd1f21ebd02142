"""Pages and feeds that cost without bound where anything is done twice for each of their parts. `n`: how many parts."""

from collections.abc import Callable

_ITEM = '<li><a href="/a{0}.html">市政府召开会议{0}</a><span>2023-04-20</span></li>'

PAGES: dict[str, Callable[[int], str]] = {
    "spaces in a refresh": lambda n: '<meta http-equiv=refresh content="' + " " * n + 'x">',
    "records that never end": lambda n: "<script><datastore>" + "<record>" * n + "</script>",
    "records": lambda n: "<script><datastore>" + f"<record><![CDATA[{_ITEM}]]></record>" * n + "</datastore></script>",
    "attributes": lambda n: "<div " + " ".join(f"a{i}=1" for i in range(n)) + ">",
    "attributes in quotes": lambda n: "<div " + " ".join(f'a{i}=">"' for i in range(n)) + ">",
    "open quotes": lambda n: '<a "' * n,
    "depth": lambda n: "<div>" * n,
    "depth of unknown elements": lambda n: "<x-y>" * n,
    "open formatting": lambda n: "<a><b><i><u><font>" * n + "<p>" * 10,
    "open links": lambda n: "<a href=/x>" * n,
    "tables in tables": lambda n: "<table><tr><td>" * n,
    "options": lambda n: "<select>" + "<option value=/a.html>x" * n,
    "comments that never end": lambda n: "<!--" * n,
    "scripts that never end": lambda n: "<script>" * n,
    "digits of a year": lambda n: "<p>发布时间：" + "9" * n + "-04-20</p>",
    "digits of days ago": lambda n: "<li><a href=/x>市政府召开会议</a><span>" + "9" * n + "天前</span></li>" * 3,
    "dates": lambda n: "<p>发布时间：" + "2023-04-20 " * n + "</p>",
    "lines of dates": lambda n: "<p>2023-04-20</p>" * n,
    "items": lambda n: "<ul>" + "".join(_ITEM.format(i) for i in range(n)) + "</ul>",
    "lists": lambda n: ("<ul>" + _ITEM * 3 + "</ul>") * (n // 3),
    "parts of a title": lambda n: "<title>" + "市政府 - " * n + "</title>",
    "rules of a style": lambda n: "<style>" + ".a{background:url(" * n + "</style>",
    "arrays that never end": lambda n: "<script>var a=" + "[{" * n + "</script>",
    "candidates of a picture": lambda n: '<img srcset="' + "a.png 1x," * n + '">',
    "steps of a trail": lambda n: "<div>您现在的位置：" + "<a href=/x>首页</a> > " * n + "</div>",
    "labels": lambda n: "<p>" + "来源：时间：电话：主办单位：" * n + "</p>",
    "rows of letters": lambda n: "<table>" + "<tr><td><a href=/x>关于来信</a></td><td>已答复</td><td>2023-04-20</td></tr>" * n + "</table>",
    "a base of folders": lambda n: '<base href="' + "a/" * n + '"><a href="' + "../" * n + '">市政府召开会议</a>',
    "hidden links": lambda n: "<div style='display:none'><a href=http://x.com/>x</a></div>" * n,
    "pagers": lambda n: "<script>" + "createPageHTML(" * n + "</script>",
    "css comments": lambda n: "<style>" + "/*" * n + "</style>",
    "entities": lambda n: "&amp" * n + "&#x" + "0" * n + "41;",
}  # fmt: skip

FEEDS: dict[str, Callable[[int], str]] = {
    "comments before a feed": lambda n: "<!--" * n,
    "closed comments before a feed": lambda n: "<!---->" * n + "<rss>",
    "instructions before a feed": lambda n: "<?x " * n + "<rss/>",
    "items": lambda n: "<rss><channel>" + "<item><title>x</title><link>http://a/b</link></item>" * (n // 4) + "</channel></rss>",
    "depth": lambda n: "<rss><channel>" + "<a>" * n,
    "no characters": lambda n: "<rss><channel><item><title>" + "&#xD800;&#55296;&#1114112;&#99999999999;" * (n // 20) + "</title></item></channel></rss>",
    "links in a text": lambda n: "<rss><channel><item><description>" + "&lt;a href=x&gt;" * n + "</description></item></channel></rss>",
    "years of digits": lambda n: f"<rss><channel><item><guid>1</guid><pubDate>{'9' * n}</pubDate></item></channel></rss>",
    "depth of json": lambda n: '{"a":' * n + "1" + "}" * n,
    "arrays of json": lambda n: "[" * n,
    "callbacks": lambda n: "a" * n + "(" + ")" * n,
    "states of a page": lambda n: "<html>" + "window.__INITIAL_STATE__={" * n,
    "scripts of a page": lambda n: "<html>" + "<script type=application/json>{" * n,
    "items of an old page": lambda n: '<html>class="ct"' + '<div id="M_a">' * n,
    "labels of an account": lambda n: "<html>mp.weixin.qq.com" + '<div class="item-title">简介' * n,
    "titles of a notice": lambda n: "<html>mp.weixin.qq.com weui-msg" + 'class="weui-msg__title" ' * n,
}  # fmt: skip
