//! Tests of the browser layer in a real browser: the bridge between DOM points and offsets, the marks
//! that are drawn, the database. What people do with it is tested by the journeys in `tests/e2e`.

#![cfg(target_arch = "wasm32")]

use annotator::model::{Timestamp, WriterId};
use annotator::state::{Command, NewArticle, Stamp, State, update};
use annotator::text::{Offset, Span, Text, wire};
use annotator::web::article::ArticleView;
use annotator::web::{clock, files};
use std::collections::BTreeMap;
use std::rc::Rc;
use wasm_bindgen::JsCast;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};
use web_sys::HtmlElement;
use yew::Callback;

wasm_bindgen_test_configure!(run_in_browser);

/// The article with every kind of letter.
const NASTY: &str = include_str!("../seeds/festival-sign.txt");

fn send(state: &State, command: Command) -> State {
    update(state, &command, &Stamp { now: Timestamp::unknown(), writer: WriterId::new("w") }).0
}

fn open(text: &str) -> (State, ArticleView) {
    let text = Rc::new(Text::new(text));
    let new = NewArticle { text: text.clone(), fallback_title: String::new(), encoding: String::new() };
    let state = send(&State::default(), Command::Load(vec![new]));
    let document = web_sys::window().and_then(|window| window.document()).expect("a page");
    let host: HtmlElement = document.create_element("div").expect("an element").unchecked_into();
    document.body().expect("a body").append_child(&host).expect("room for it");
    let roles = wire::recognise(&text).roles.into();
    let view = ArticleView::new(host, text, roles, Callback::noop());
    (state, view)
}

fn annotate(state: State, spans: &[(&str, u32, u32)]) -> State {
    spans.iter().fold(state, |state, &(label, start, end)| {
        let span = Span::between(Offset::new(start), Offset::new(end));
        send(&state, Command::Annotate(annotator::model::LabelId::new(label), span))
    })
}

/// Every offset, to the DOM and back; an offset inside a line end is the end of its line.
fn check_every_offset(view: &ArticleView) {
    let text = view.text();
    for at in 0..=text.len().get() {
        let offset = Offset::new(at);
        let (node, units) = view.point_of(offset).expect("every offset has a point");
        let line = text.blocks()[text.block_at(offset)].span;
        assert_eq!(view.offset_of(&node, units), Some(offset.min(line.end())), "offset {at}");
    }
}

#[wasm_bindgen_test]
fn every_offset_finds_its_point_and_back_with_and_without_marks() {
    let crlf = NASTY.replace('\n', "\r\n");
    for text in [NASTY, &crlf, "", "\n\n", "a\rb"] {
        let (state, mut view) = open(text);
        check_every_offset(&view);
        let len = view.text().len().get();
        let marks: Vec<_> = (0..len / 40).map(|i| ("claim", i * 37, (i * 37 + 60).min(len))).collect();
        let state = annotate(state, &marks);
        view.paint_all(&state);
        check_every_offset(&view);
    }
}

#[wasm_bindgen_test]
fn a_long_text_is_built_bit_by_bit_and_at_once_where_it_is_asked_for() {
    let text = "Ten words of one line, and then the next one.\n\n".repeat(5_000);
    let shown = text.replace('\n', "");
    let built = |view: &ArticleView| view.host().text_content().unwrap_or_default();
    let (state, mut view) = open(&text);
    let end = view.text().len();
    let before = built(&view);
    assert!(before.len() < shown.len() / 2 && shown.starts_with(&before), "{} of {}", before.len(), shown.len());
    assert!(view.point_of(end).is_none());
    view.build_on();
    assert!(built(&view).len() > before.len());
    for _ in 0..100 {
        view.build_on();
    }
    assert_eq!(built(&view), shown);
    assert_eq!(view.point_of(end).and_then(|(node, units)| view.offset_of(&node, units)), Some(end));

    // A change that reaches to where nothing is built yet is drawn as far as there is something.
    let (host, text) = (view.host().clone(), view.text().clone());
    let mut view = ArticleView::new(host, text, Rc::default(), Callback::noop());
    let state = annotate(state, &[("quote", 0, end.get())]);
    let drawn = |view: &ArticleView| view.host().query_selector("mark").expect("a selector").is_some();
    view.paint_sections(&[0], &state);
    assert!(drawn(&view));
    view.repaint(&[view.text().span()], &State::default());
    assert!(!drawn(&view));
    view.paint_all(&state);
    assert_eq!(built(&view), shown);
}

#[wasm_bindgen_test]
fn no_moment_comes_twice() {
    let moments: Vec<_> = (0..20).map(|_| clock::now()).collect();
    assert!(moments.is_sorted_by(|one, next| one < next), "{moments:?}");
}

#[wasm_bindgen_test]
fn drawn_marks_show_the_words_that_were_chosen() {
    let (state, mut view) = open("We 👩‍👩‍👧 open at nine.\r\nNo “really”, at nine.");
    let spans = [("quote", 3, 14), ("claim", 9, 30), ("entity", 17, 21)];
    let state = annotate(state, &spans);
    view.paint_all(&state);
    let marks = view.host().query_selector_all(".m").expect("a selector");
    let mut drawn: BTreeMap<String, String> = BTreeMap::new();
    for i in 0..marks.length() {
        let mark: HtmlElement = marks.item(i).expect("a mark").unchecked_into();
        let class = mark.class_name();
        let colour = class.split(' ').nth(1).unwrap_or_default().to_owned();
        drawn.entry(colour).or_default().push_str(&mark.text_content().unwrap_or_default());
    }
    let text = view.text();
    for (colour, (_, start, end)) in ["c1", "c2", "c3"].into_iter().zip(spans) {
        let quotation = text.slice(Span::between(Offset::new(start), Offset::new(end)));
        assert_eq!(drawn.get(colour).map(String::as_str), Some(quotation.replace("\r\n", "").as_str()), "{colour}");
    }
    let described = view.host().query_selector_all("mark:not([aria-description])").expect("a selector");
    assert_eq!(described.length(), 0, "every mark has a description");
}

#[wasm_bindgen_test]
fn a_change_redraws_only_the_piece_it_touches() {
    let (state, mut view) = open("One.\n\nTwo.\n\nThree.");
    view.paint_all(&state);
    let first = view.host().query_selector("[data-piece='0']").expect("a selector").expect("a piece");
    let node = first.first_child().expect("its text");
    let after = annotate(state, &[("quote", 6, 9)]);
    view.repaint(&[Span::between(Offset::new(6), Offset::new(9))], &after);
    assert!(first.first_child().is_some_and(|now| now.is_same_node(Some(&node))), "the first line is left alone");
    assert_eq!(view.host().query_selector_all("mark").expect("a selector").length(), 1);
}

/// What is on the page after each change is what would be drawn from nothing, however much of it was left alone.
#[wasm_bindgen_test]
fn what_is_drawn_after_a_change_is_what_is_drawn_at_once() {
    let text = "One “two three” four, five six seven eight.\nNine ten eleven twelve.";
    let (mut state, mut view) = open(text);
    view.paint_all(&state);
    let (_, mut other) = open(text);
    let words = [(0, 3), (4, 15), (5, 8), (0, 43), (9, 14), (22, 30), (16, 20), (44, 67), (36, 67), (5, 14), (4, 20)];
    let whole = view.text().span();
    let mut drawn = |state: &State, view: &ArticleView, last: Span| {
        other.paint_all(&State::default());
        other.repaint(&[whole], &State::default());
        other.repaint(&[whole], state);
        assert_eq!(view.host().inner_html(), other.host().inner_html(), "after {last:?}");
        view.host().query_selector_all(".m").expect("a selector").length()
    };
    for (nth, &(start, end)) in words.iter().enumerate() {
        state = annotate(state, &[(["quote", "claim", "entity"][nth % 3], start, end)]);
        let span = Span::between(Offset::new(start), Offset::new(end));
        view.repaint(&[span], &state);
        assert!(drawn(&state, &view, span) > nth as u32);
    }
    for &(start, end) in &words[..6] {
        let span = Span::between(Offset::new(start), Offset::new(end));
        let gone = state.sheet().covering(span).into_iter().find(|annotation| annotation.span == span);
        state = send(&state, Command::Activate(gone.map(|annotation| annotation.id.clone())));
        view.repaint(&[whole], &state);
        state = send(&state, Command::Delete);
        view.repaint(&[span], &state);
        drawn(&state, &view, span);
    }
    assert_eq!(state.sheet().len(), words.len() - 6);
}

#[wasm_bindgen_test]
fn a_change_leaves_the_runs_on_either_side_alone() {
    let (state, mut view) = open("One two three four five.");
    let state = annotate(state, &[("entity", 0, 3), ("entity", 19, 23)]);
    view.paint_all(&state);
    let line = view.host().query_selector("p").expect("a selector").expect("a line");
    let [first, last] = [line.first_child(), line.last_child()].map(|node| node.expect("a run"));
    let state = annotate(state, &[("claim", 8, 13)]);
    view.repaint(&[Span::between(Offset::new(8), Offset::new(13))], &state);
    assert_eq!(view.host().query_selector_all("mark").expect("a selector").length(), 3);
    assert!(line.first_child().is_some_and(|now| now.is_same_node(Some(&first))));
    assert!(line.last_child().is_some_and(|now| now.is_same_node(Some(&last))));
}

/// Browsers look after each range until they clear away: after thousands of steps of the caret every change would wait
/// for that.
#[wasm_bindgen_test]
fn measuring_makes_no_ranges() {
    let count = "globalThis.made = 0;
        const make = Document.prototype.createRange;
        Document.prototype.createRange = function () { made += 1; return make.call(this) };";
    js_sys::Function::new_no_args(count).call0(&wasm_bindgen::JsValue::NULL).expect("counting");
    let made = || js_sys::Reflect::get(&js_sys::global(), &"made".into()).ok().and_then(|made| made.as_f64());
    let (_, view) = open(NASTY);
    let before = made().expect("a number");
    assert!(before > 0.0, "the counting counts");
    check_every_offset(&view);
    assert!((0..200).all(|at| view.rect_at(Offset::new(at)).is_some()));
    assert_eq!(made(), Some(before));
}

#[wasm_bindgen_test]
fn all_text_is_in_the_page() {
    let (_, view) = open(NASTY);
    let shown = view.host().text_content().unwrap_or_default();
    assert_eq!(shown, NASTY.replace('\n', ""));
}

#[wasm_bindgen_test]
fn bytes_are_read_as_what_they_are() {
    let utf16: Vec<u8> = "\u{feff}é👍\r\n".encode_utf16().flat_map(u16::to_be_bytes).collect();
    for (bytes, text, encoding) in [
        (&b"\xef\xbb\xbf\xc3\xa9"[..], "é", "UTF-8"),
        (b"caf\xe9 \x93so\x94 \x80", "café “so” €", "windows-1252"),
        (&utf16, "é👍\r\n", "UTF-16BE"),
    ] {
        assert_eq!(files::decode(bytes), Ok((text.to_owned(), encoding.to_owned())));
    }
    assert!(files::decode(b"\x89PNG\r\n\x1a\n").is_err());
    assert!(files::decode_as(b"x", "no-such-encoding").is_err());
}
