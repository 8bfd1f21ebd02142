([address, text, foot, caption, among, sentence]) => {
  // The caption stands in a shadow tree, out of reach of the page's own styles; the page ends above it.
  const tall = 26 * caption.length;
  if (caption.length) {
    const host = document.createElement('div');
    host.style.cssText = 'all:initial;position:fixed;left:0;right:0;bottom:0;z-index:2147483647';
    const bar = document.createElement('div');
    bar.style.cssText = 'background:#1b1b1b;color:#fff;font:14px/26px monospace,sans-serif;padding:0 12px';
    for (const line of caption) {
      const row = document.createElement('div');
      row.style.cssText = 'white-space:nowrap;overflow:hidden;text-overflow:ellipsis';
      row.textContent = line;
      bar.append(row);
    }
    host.attachShadow({mode: 'closed'}).append(bar);
    document.documentElement.append(host);
    document.documentElement.style.setProperty('padding-bottom', `${tall}px`, 'important');
  }
  const frame = element => {
    element.style.setProperty('outline', '4px solid #d4000f', 'important');
    element.style.setProperty('outline-offset', '3px', 'important');
    element.scrollIntoView({block: 'center', inline: 'center'});
    return true;
  };
  const row = element => {
    const near = element.closest('li,tr,dd');
    return near && near.innerText.length < 200 ? near : element;
  };
  const shown = element => element.getClientRects().length > 0;
  const bare = url => (url || '').split('#')[0];
  if (foot) {
    window.scrollTo(0, document.documentElement.scrollHeight);
    const ends = [...document.querySelectorAll('footer,[class*=foot],[id*=foot],[class*=bottom],[id*=bottom]')];
    const last = ends.filter(shown).pop();
    if (last) {
      last.style.setProperty('outline', '4px solid #d4000f', 'important');
      last.style.setProperty('outline-offset', '-4px', 'important');
    }
    return Boolean(last);
  }
  if (address) {
    const found = [];
    for (const element of document.querySelectorAll('a,area,img,iframe,form,source')) {
      const target = bare(element.href || element.src || element.action);
      if (target && target === bare(address)) found.push(element);
    }
    // The same item may stand in a box of the newest items too: the list meant holds most of its neighbours.
    const wanted = new Set(among.map(bare));
    const weight = element => {
      const list = element.closest('ul,ol,tbody,table,dl') || row(element).parentElement;
      const links = [...list.querySelectorAll('a')].map(link => bare(link.href));
      const own = links.filter(url => wanted.has(url)).length;
      return [shown(element), own, own - links.length, Boolean(text) && element.textContent.includes(text)];
    };
    const better = (one, other) => {
      const [left, right] = [weight(one), weight(other)];
      const at = left.findIndex((value, place) => value !== right[place]);
      return at >= 0 && Number(left[at]) > Number(right[at]);
    };
    const best = found.reduce((kept, element) => (kept && !better(element, kept) ? kept : element), null);
    if (best) return frame(row(best));
  }
  if (text) {
    // The words may stand on the page more than once: those of the sentence that is quoted come first.
    const plain = value => value.replace(/\s+/g, '');
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    let best = null;
    while (walker.nextNode()) {
      const node = walker.currentNode;
      if (!node.data.includes(text) || ['SCRIPT', 'STYLE'].includes(node.parentElement.tagName)) continue;
      const block = node.parentElement.closest('p,li,td,dd,h1,h2,h3,div') || node.parentElement;
      const rank = (sentence && plain(block.textContent).includes(plain(sentence)) ? 2 : 0) + (shown(node.parentElement) ? 1 : 0);
      if (!best || rank > best.rank) best = {node, rank};
    }
    if (best) {
      const own = best.node.data;
      const from = sentence && own.includes(sentence) ? own.indexOf(sentence) : 0;
      const at = own.indexOf(text, from) < 0 ? own.indexOf(text) : own.indexOf(text, from);
      const range = document.createRange();
      range.setStart(best.node, at);
      range.setEnd(best.node, at + text.length);
      const mark = document.createElement('mark');
      mark.style.background = '#ffe066';
      range.surroundContents(mark);
      return frame(mark);
    }
  }
  return false;
}
