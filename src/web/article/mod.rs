//! The article on the page: its text nodes, made once, and the marks near what is seen.
//!
//! It stands outside Yew's tree, since a virtual DOM over thousands of paragraphs costs more than
//! everything else: a change redraws the pieces it touches and nothing more. All text is in the page,
//! so that the browser's find and select-all work; `content-visibility` keeps the layout of
//! what nobody sees from being computed. In reading order: this file (building), [`paint`] (marks),
//! [`point`] (the one bridge between DOM points and offsets), [`scroll`] (getting somewhere), [`overlay`]
//! (caret, handles, bar).

pub mod overlay;
pub mod paint;
pub mod point;
pub mod scroll;

use crate::text::wire::Role;
use crate::text::{Offset, Piece, Text};
use crate::web::dom::{call, document};
use js_sys::{Object, Reflect};
use std::cell::RefCell;
use std::ops::Range;
use std::rc::Rc;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Element, HtmlElement, ResizeObserver};
use yew::Callback;

/// A section is closed once it has this many pieces...
const SECTION_PIECES: usize = 8;
/// ...or this many code points.
const SECTION_LENGTH: u32 = 3_000;
/// So many sections are a chapter, which the browser skips as one: looking after hundreds of sections would take it
/// milliseconds in every frame.
const CHAPTER: usize = 10;
/// A text of at most so many code points has all of its marks drawn on opening.
const SHORT: u32 = 6_000;
/// How far marks of a longer one are drawn on opening before anybody asks what is seen, in code points; what else is seen is drawn in
/// the same task, what comes near follows.
const FIRST_SIGHT: u32 = 2_000;
/// What is built at once on opening, in code points, rounded up to a chapter: more than the highest screen shows.
const FIRST_BUILT: u32 = 30_000;
/// How many pieces are built at once after that, rounded up to a chapter. What takes longer than a frame has Yew put off
/// what comes meanwhile, such as scrolling, until that is drawn.
const BATCH: usize = 400;

/// The article as it stands on the page.
pub struct ArticleView {
    host: HtmlElement,
    text: Rc<Text>,
    roles: Rc<[Role]>,
    /// The element of each piece that was built.
    pieces: Vec<Element>,
    /// What is drawn of each: its runs, or nothing where it is bare text.
    drawn: Vec<Vec<paint::Sketch>>,
    sections: Vec<Section>,
    /// The elements that hold them, [`CHAPTER`] in each.
    chapters: Vec<HtmlElement>,
    /// The sections that are laid out whether the browser would skip them or not: the one that was last gone to, and
    /// those that were seen there.
    awake: Range<usize>,
    /// The sections that are seen.
    seen: Vec<Seen>,
    /// How far the text was scrolled then.
    scrolled: i32,
    /// Where the caret stands at the end of a line and not at the start of the next, which is the same offset.
    ends_line: Option<Offset>,
    /// What places are measured with. One for all: browsers look after each range until they clear away, and that costs
    /// something with every node that goes.
    ruler: Option<web_sys::Range>,
    /// What lies over the text, as it was placed last.
    over: RefCell<Option<overlay::Over>>,
    observer: Option<Observer>,
}

/// A section as it was seen last.
struct Seen {
    section: usize,
    /// How far below the upper edge it began, in CSS pixels, and its height.
    at: f64,
    height: f64,
    /// Whether the browser would have shown it blank.
    skipped: bool,
}

struct Section {
    element: HtmlElement,
    pieces: Range<usize>,
    painted: bool,
}

impl Section {
    /// Where it begins in the window and how high it is, as far as the browser has laid it out.
    fn place(&self) -> (f64, f64) {
        let place = self.element.get_bounding_client_rect();
        (place.top(), place.height())
    }

    /// Whether the browser skips what is in it, and would show nothing of it in the next frame.
    fn is_skipped(&self) -> bool {
        let options = Object::new();
        let _ = Reflect::set(&options, &"contentVisibilityAuto".into(), &JsValue::TRUE);
        let first = self.element.first_element_child();
        // Browsers that can't tell do not skip either.
        first.and_then(|first| call(&first, "checkVisibility", &[options.into()])).is_some_and(|shown| shown.is_falsy())
    }
}

impl ArticleView {
    /// Builds the start of the page of a text in `host`, whose lines are for what `roles` says. `laid` hears when it
    /// is laid out anew. The rest is built when it is asked for.
    pub fn new(host: HtmlElement, text: Rc<Text>, roles: Rc<[Role]>, laid: Callback<()>) -> Self {
        let mut view = Self {
            host,
            text,
            roles,
            pieces: Vec::new(),
            drawn: Vec::new(),
            sections: Vec::new(),
            chapters: Vec::new(),
            awake: 0..0,
            seen: Vec::new(),
            scrolled: 0,
            ends_line: None,
            ruler: document().create_range().ok(),
            over: RefCell::default(),
            observer: None,
        };
        view.host.set_text_content(None);
        view.build_to(view.text.piece_at(Offset::new(FIRST_BUILT)));
        view.watch(laid);
        view
    }

    /// Index of the section that a piece is in.
    fn section_of(&self, piece: usize) -> usize {
        self.sections.partition_point(|section| section.pieces.end <= piece)
    }

    /// The text on the page.
    pub fn text(&self) -> &Rc<Text> {
        &self.text
    }

    /// The element that holds it.
    pub fn host(&self) -> &HtmlElement {
        &self.host
    }

    /// Whether the page of all of the text is built.
    fn is_built(&self) -> bool {
        self.pieces.len() == self.text.pieces().len()
    }

    /// Builds some more of the page.
    pub fn build_on(&mut self) {
        self.build_to(self.pieces.len() + BATCH);
    }

    /// Builds the page as far as a piece, with all of its chapter.
    fn build_to(&mut self, piece: usize) {
        if self.pieces.len() > piece || self.is_built() {
            return;
        }
        let forms = Forms::new();
        let fragment = document().create_document_fragment();
        while self.pieces.len() <= piece && !self.is_built() {
            let chapter = element("div", "chapter");
            let mut height = 0;
            for _ in 0..CHAPTER {
                height += self.build_section(&chapter, &forms);
            }
            guess_height(&chapter, height);
            let _ = fragment.append_child(&chapter);
            self.chapters.push(chapter);
        }
        let _ = self.host.append_child(&fragment);
    }

    /// Builds the next section, if there is one. Returns how high it may be, in CSS pixels.
    fn build_section(&mut self, chapter: &HtmlElement, forms: &Forms) -> u32 {
        let text = self.text.clone();
        let first = self.pieces.len();
        let left = text.pieces().get(first..).unwrap_or_default();
        if left.is_empty() {
            return 0;
        }
        let element = element("div", "section");
        let mut length = 0;
        let mut lines = 0.0;
        for piece in left.iter().take(SECTION_PIECES) {
            if length >= SECTION_LENGTH {
                break;
            }
            let _ = element.append_child(&self.piece(*piece, forms));
            length += piece.span.len();
            lines += if piece.span.is_empty() { 0.5 } else { f64::from(piece.span.len() / 62 + 1) + 0.6 };
        }
        let height = (lines * 34.0) as u32;
        guess_height(&element, height);
        let _ = chapter.append_child(&element);
        self.sections.push(Section { element, pieces: first..self.pieces.len(), painted: false });
        height
    }

    /// Makes the element of the next piece.
    fn piece(&mut self, piece: Piece, forms: &Forms) -> Element {
        let block = piece.block as usize;
        let holder = forms.copy(self.roles.get(block).copied().unwrap_or_default());
        let whole = self.text.blocks()[block].span;
        if piece.span.end() < whole.end() {
            let _ = holder.class_list().toggle_with_force("goes-on", true);
        }
        if piece.span.start() > whole.start() {
            // Which way a line runs is told by its start.
            let first = self.text.slice(whole).chars().find(|c| c.is_alphabetic());
            let _ = holder.set_attribute("dir", if first.is_some_and(point::is_right_to_left) { "rtl" } else { "ltr" });
        }
        let _ = holder.set_attribute("data-piece", &self.pieces.len().to_string());
        self.fill_plain(&holder, piece);
        self.pieces.push(holder.clone());
        self.drawn.push(Vec::new());
        holder
    }

    /// Puts the bare text of a piece into its element.
    fn fill_plain(&self, holder: &Element, piece: Piece) {
        if piece.span.is_empty() {
            // An empty line has a height and a place for the caret.
            holder.replace_children_with_node_1(&element("br", ""));
        } else {
            holder.set_text_content(Some(self.text.slice(piece.span)));
        }
    }

    /// `laid` hears when sections get their height, or the column another width.
    fn watch(&mut self, laid: Callback<()>) {
        let sizes = Closure::<dyn FnMut()>::new(move || laid.emit(()));
        if let Ok(observer) = ResizeObserver::new(sizes.as_ref().unchecked_ref()) {
            observer.observe(&self.host);
            self.observer = Some(Observer { observer, _heard: sizes });
        }
    }
}

/// Tells the browser what to take for the height of what it has not laid out yet, in CSS pixels.
fn guess_height(element: &HtmlElement, height: u32) {
    let _ = element.style().set_property("contain-intrinsic-block-size", &format!("auto {height}px"));
}

/// Watches the text's size until it is dropped.
struct Observer {
    observer: ResizeObserver,
    _heard: Closure<dyn FnMut()>,
}

impl Drop for Observer {
    fn drop(&mut self) {
        self.observer.disconnect();
    }
}

/// An empty element for each role: a copy is made in one call.
struct Forms(Vec<(Role, Element)>);

impl Forms {
    fn new() -> Self {
        let form = |(role, tag, class): (Role, &str, &str)| {
            let form: Element = element(tag, class).into();
            let _ = form.set_attribute("dir", "auto");
            (role, form)
        };
        let forms = [
            (Role::Body, "p", "body"),
            (Role::Blank, "p", "blank"),
            (Role::Kicker, "p", "kicker"),
            (Role::Headline, "h1", "headline"),
            (Role::Caption, "p", "caption"),
            (Role::Subheading, "h2", "subheading"),
        ];
        Self(forms.map(form).into())
    }

    fn copy(&self, role: Role) -> Element {
        let (_, form) = self.0.iter().find(|(of, _)| *of == role).unwrap_or(&self.0[0]);
        form.clone_node().map_or_else(|_| form.clone(), JsCast::unchecked_into)
    }
}

/// A new element with a class; the tags are our own, so making it can't fail.
fn element(tag: &str, class: &str) -> HtmlElement {
    let Ok(made) = document().create_element(tag) else { panic!("no element") };
    let made: HtmlElement = made.unchecked_into();
    if !class.is_empty() {
        made.set_class_name(class);
    }
    made
}
