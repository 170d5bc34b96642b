// Watches a scroll: when frames came, and what each of them showed. `looks` is off where the processor's time
// counts, since looking takes some.
"use strict";
bench.scroll = (() => {
  let on = false;
  let times = [];
  let blank = 0;
  let bare = 0;
  // Whether there are sections far away, and whether they count as blank and bare, as they should.
  let far = false;
  let noticed = false;

  // The sections of the app's text, each with whether annotations touch it. A line end stands between blocks.
  const sections = () => {
    const all = [...document.querySelectorAll(".host .section")];
    const annotations = bench.isApp() ? annotator.annotations() : [];
    let at = 0;
    let next = 0;
    let reach = 0;
    return all.map(element => {
      for (const block of element.children) at += block.textContent.length + 1;
      while (next < annotations.length && annotations[next].startUtf16 < at) {
        reach = Math.max(reach, annotations[next].endUtf16);
        next += 1;
        element.hasOwn = true;
      }
      return { element, isMarked: !!element.hasOwn };
    });
  };

  // By chapter first: asking where a section stands that is skipped makes the browser lay it out.
  const visible = all => {
    const { top, bottom } = bench.scroller().getBoundingClientRect();
    const isSeen = element => {
      const place = element.getBoundingClientRect();
      return place.bottom > top && place.top < bottom;
    };
    const chapters = new Set([...document.querySelectorAll(".chapter")].filter(isSeen));
    return all.filter(({ element }) => chapters.has(element.parentElement) && isSeen(element));
  };

  const isBlank = ({ element }) => !element.firstElementChild.checkVisibility({ contentVisibilityAuto: true });
  const isBare = ({ element, isMarked }) => isMarked && !element.querySelector("mark");

  // After the frame is drawn: what was in it.
  const look = all => {
    const seen = visible(all);
    blank += seen.some(isBlank) ? 1 : 0;
    bare += seen.some(isBare) ? 1 : 0;
  };

  return {
    start(looks) {
      const all = looks ? sections() : [];
      const channel = new MessageChannel();
      channel.port1.onmessage = () => look(all);
      [on, times, blank, bare] = [true, [], 0, 0];
      far = all.length > 20;
      noticed = all.some(isBlank) && all.some(isBare);
      const each = time => {
        if (!on) return;
        times.push(time);
        if (looks && all.length) channel.port2.postMessage(0);
        requestAnimationFrame(each);
      };
      requestAnimationFrame(each);
    },
    stop() {
      on = false;
      return { times, blank, bare, far, noticed };
    },
  };
})();
