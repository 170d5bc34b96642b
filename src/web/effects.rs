//! Carrying out effects: what needs no page at once, the rest after the page was drawn.

use crate::model::record::Entry;
use crate::state::pending::{Base, News};
use crate::state::{Command, Effect, Screen, State, Target};
use crate::ui::ROW_HEIGHT;
use crate::web::app::{App, Msg, later};
use crate::web::article::ArticleView;
use crate::web::article::overlay::html;
use crate::web::dom::{document, window};
use crate::web::pointer::Pointed;
use crate::web::{api, copies, files, loader};
use crate::words;
use gloo::timers::callback::Timeout;
use std::rc::Rc;
use wasm_bindgen::JsCast;
use web_sys::{Element, FocusOptions, HtmlDialogElement, HtmlElement, HtmlTextAreaElement};
use yew::{Context, NodeRef};

/// Where the text rests for this long, in milliseconds, it was left.
const SCROLL_REST: u32 = 300;

impl App {
    /// Carries out an effect, or puts it off until the page is drawn.
    pub(super) fn carry_out(&mut self, ctx: &Context<Self>, effect: Effect) {
        match effect {
            Effect::Persist(_) => {}
            Effect::Requeue(pending) => self.store.requeue(pending),
            Effect::Repaint(spans) => {
                let is_shown =
                    self.article.as_ref().zip(self.state.text()).is_some_and(|(a, t)| Rc::ptr_eq(a.text(), t));
                if let Some(article) = self.article.as_mut().filter(|_| is_shown) {
                    article.repaint(&spans, &self.state);
                }
            }
            Effect::KeepPreferences => {
                self.places.preferences = self.state.preferences;
                self.keep_places();
            }
            Effect::SaveFile(article) => self.save_file(ctx, article.as_ref()),
            Effect::Look => self.look_soon(ctx),
            Effect::WriteOut => self.write_out(ctx),
            Effect::Lint => self.lint(ctx),
            Effect::CopyFile(article) => self.copy_file(ctx, article.as_ref()),
            Effect::CopyText(text) => self.copy_text(ctx, &text),
            Effect::WriteFile => self.write_file(ctx, &self.own_file.clone()),
            Effect::KeepFiled => self.store.keep_filed(&self.state.filed),
            Effect::Erase => self.erase(),
            Effect::Update => loader::update(),
            later => self.after.push(later),
        }
    }

    /// Has entries kept, each with what was there before it.
    pub(super) fn persist(&self, old: &State, effects: &[Effect]) {
        let mut before: Option<(Base, &Entry)> = None;
        for effect in effects {
            let Effect::Persist(entry) = effect else { continue };
            let base = match before.take() {
                Some((mut base, last)) => {
                    base.replay(last);
                    base
                }
                None => Base::of(old),
            };
            self.tell_subscribers(entry);
            self.store.append(base.clone(), entry.clone());
            before = Some((base, entry));
        }
    }

    fn tell_subscribers(&self, entry: &Entry) {
        for (_, function) in &self.subscribers {
            let _ = function.call1(&wasm_bindgen::JsValue::NULL, &api::change_notice(entry));
        }
    }

    /// Takes in what others have written.
    pub(super) fn follow(&mut self, ctx: &Context<Self>, base: Option<Base>, others: Vec<Rc<Entry>>) {
        self.note_top();
        let news = News { base, others: others.clone(), own: self.store.pending() };
        self.send(ctx, Command::Follow(Rc::new(news)));
        others.iter().for_each(|entry| self.tell_subscribers(entry));
    }

    /// Saves what was set aside as a file.
    pub(super) fn save_aside(&self, ctx: &Context<Self>) {
        let saved = async {
            let content = copies::set_aside().await.ok().and_then(|content| content.as_string()).unwrap_or_default();
            let said = match files::save(words::ASIDE_FILE, &content) {
                Ok(()) => words::saved_file(words::ASIDE_FILE),
                Err(_) => words::FILE_NOT_SAVED.into(),
            };
            Msg::Ask(Command::Say(said.into()).into())
        };
        later(ctx, Box::pin(saved));
    }

    fn erase(&mut self) {
        self.article = None;
        self.bytes.clear();
        self.clipboard = None;
        self.store.erase();
    }

    /// After everything is erased the page starts again as on a first visit, with nothing left in
    /// memory either.
    pub(super) fn erased(&mut self, result: Result<(), String>) {
        match result {
            Ok(()) => drop(window().location().reload()),
            Err(reason) => self.state.saving = crate::state::Saving::Failed(words::not_erased(&reason).into()),
        }
    }

    /// Brings the page in line with the state once Yew has drawn its part.
    pub(super) fn settle(&mut self, ctx: &Context<Self>) {
        open_dialog(&self.draft.borrow());
        let effects = std::mem::take(&mut self.after);
        let shows = effects.contains(&Effect::Show);
        if shows || self.is_stale() {
            self.show(ctx);
        }
        // What only writes comes before what asks for places: each question after a change has all laid out anew.
        let over = self.article.as_ref().map(|article| {
            let _ = article.host().class_list().toggle_with_force("hide-marks", self.state.view.marks_hidden);
            article.show_over(&self.state, &self.refs, self.pointing)
        });
        for effect in &effects {
            if let Effect::Announce(text) = effect {
                self.announce(text);
            }
        }
        for effect in effects {
            match effect {
                Effect::Reveal(span) => self.reveal(span.start()),
                Effect::RevealCaret(offset) => self.reveal(offset),
                Effect::Focus(target) => self.focus(target),
                _ => {}
            }
        }
        let is_seen = self.state.view.screen == Screen::Article;
        if let Some((article, over)) = self.article.as_mut().zip(over).filter(|_| is_seen) {
            article.place(over, &self.refs);
        }
        // Where the list stands is asked when all else is laid out.
        if std::mem::take(&mut self.row_due) {
            self.reveal_row();
        }
        self.keep_focus();
        if std::mem::take(&mut self.selection_waits) {
            ctx.link().send_message(Msg::Pointed(Pointed::Selection));
        }
        self.settled = true;
    }

    /// The focus is never on nothing: where what had it has gone, the text gets it, or the heading of the
    /// list of articles.
    fn keep_focus(&self) {
        // The browser takes the focus from what was hidden only when it draws.
        let gone =
            |element: Element| element.tag_name() == "BODY" || element.closest("[hidden]").ok().flatten().is_some();
        let lost = document().active_element().is_none_or(gone);
        if lost && self.state.view.dialog.is_none() {
            let reading = self.state.view.screen == Screen::Article;
            let home = if reading { &self.refs.page } else { &self.refs.heading };
            focus(home, true);
        }
    }

    /// Whether the page shows another text than the open article's.
    fn is_stale(&self) -> bool {
        match (&self.article, self.state.text()) {
            (Some(article), Some(text)) => !Rc::ptr_eq(article.text(), text),
            (None, Some(_)) => self.state.view.screen == Screen::Article,
            _ => false,
        }
    }

    fn show(&mut self, ctx: &Context<Self>) {
        let (Some(host), Some(text)) = (html(&self.refs.host), self.state.text().cloned()) else {
            self.article = None;
            return;
        };
        self.article = None;
        let mut article = ArticleView::new(host, text, self.roles.clone(), ctx.link().callback(|()| Msg::Laid));
        article.paint_first_sight(&self.state);
        if let (Some(scroller), Some(id)) = (html(&self.refs.scroller), &self.state.view.open) {
            match self.places.tops.get(id) {
                Some(top) if top.get() > 0 => article.scroll_to_top(*top, &scroller, &self.state),
                _ => scroller.set_scroll_top(0),
            }
        }
        self.article = Some(article);
        self.look_ahead(ctx, None);
        let name = self.state.article().map(|article| article.name()).unwrap_or_default();
        document().set_title(&words::page_title(&name));
    }

    fn reveal(&mut self, offset: crate::text::Offset) {
        if let (Some(article), Some(scroller)) = (&mut self.article, html(&self.refs.scroller)) {
            article.reveal(offset, &scroller, &self.state);
        }
    }

    /// The text was laid out anew: what lies over it follows.
    pub(super) fn laid(&mut self) {
        let (Some(article), Some(scroller)) = (&mut self.article, html(&self.refs.scroller)) else {
            return;
        };
        // In a column of another width the same lines stand elsewhere.
        let width = scroller.client_width();
        let was = std::mem::replace(&mut self.width, width);
        if was != width && was * width > 0 {
            article.keep_place(&scroller, &self.state);
        }
        article.paint_seen(&scroller, &self.state);
        article.lay_over(&self.refs);
    }

    /// The text is being scrolled: its marks are drawn before it is seen, and a drag goes on.
    pub(super) fn scrolled(&mut self, ctx: &Context<Self>) -> bool {
        self.look_ahead(ctx, None);
        match &mut self.scroll_rest {
            Some((_, goes_on)) => *goes_on = true,
            None => self.await_rest(ctx),
        }
        self.drag_on(ctx)
    }

    /// Waits until the text rests. Looks now and then whether it was scrolled since: a timer that is set anew at each
    /// step costs more than what is seen.
    fn await_rest(&mut self, ctx: &Context<Self>) {
        let rest = ctx.link().callback(|()| Msg::Rested);
        self.scroll_rest = Some((Timeout::new(SCROLL_REST, move || rest.emit(())), false));
    }

    /// The text may rest where it was scrolled to.
    pub(super) fn rested(&mut self, ctx: &Context<Self>) {
        if let Some((_, true)) = self.scroll_rest.take() {
            return self.await_rest(ctx);
        }
        self.note_top();
        self.keep_places();
    }

    /// Draws what is seen and, in tasks of their own between the frames, section by section what is near.
    pub(super) fn look_ahead(&mut self, ctx: &Context<Self>, due: Option<usize>) {
        if let (Some(article), Some(scroller)) = (&mut self.article, html(&self.refs.scroller)) {
            article.paint_sections(due.as_slice(), &self.state);
            let next = article.paint_seen(&scroller, &self.state);
            self.ahead = next.map(|_| {
                let ahead = ctx.link().callback(move |()| Msg::Ahead(next));
                Timeout::new(0, move || ahead.emit(()))
            });
        }
    }

    /// Brings the selected annotation's row into the side list's view.
    fn reveal_row(&self) {
        let row = self.state.active().and_then(|active| self.row_of(active));
        if let (Some(row), Some(list)) = (row, html(&self.refs.list)) {
            let (top, height) = (row as i32 * ROW_HEIGHT as i32, ROW_HEIGHT as i32);
            let (seen, shown) = (list.scroll_top(), list.client_height());
            if top < seen || top + height > seen + shown {
                list.set_scroll_top(top - (shown - height) / 2);
            }
        }
    }

    fn focus(&self, target: Target) {
        let node = match target {
            Target::Finding => return focus_finding(),
            Target::Text => &self.refs.page,
            Target::Card => &self.refs.card,
            Target::Note => &self.refs.note,
            Target::Side => &self.refs.side,
            Target::Search => &self.refs.search,
        };
        focus(node, target == Target::Text);
    }

    /// Two regions take turns, so that the same words said twice are spoken twice.
    fn announce(&mut self, text: &str) {
        let Some(live) = html(&self.refs.live) else {
            return;
        };
        self.spoken += 1;
        let regions = live.child_nodes();
        for i in 0..regions.length() {
            let is_turn = i as usize == self.spoken % regions.length().max(1) as usize;
            if let Some(region) = regions.item(i) {
                region.set_text_content(Some(if is_turn { text } else { "" }));
            }
        }
    }

    /// Takes note of where the open article is scrolled to.
    pub(super) fn note_top(&mut self) {
        let view = &self.state.view;
        if view.screen == Screen::Article
            && let (Some(id), Some(article), Some(scroller)) = (&view.open, &self.article, html(&self.refs.scroller))
            && scroller.client_height() > 0
            && let Some(top) = article.top(&scroller)
        {
            self.places.tops.insert(id.clone(), top);
        }
    }

    /// Keeps where things are, for the next time.
    pub(super) fn keep_places(&mut self) {
        let view = &self.state.view;
        self.places.open = view.open.clone().filter(|_| view.screen == Screen::Article);
        self.store.keep_places(&self.places.to_lines());
        self.store.keep_filed(&self.state.filed);
    }
}

/// Whether the passing message has the pointer or the focus.
pub(super) fn toast_in_use() -> bool {
    document().query_selector(".toast:is(:hover, :focus-within)").ok().flatten().is_some()
}

/// A dialog is drawn closed and opened here, so that the browser keeps the focus inside it.
fn open_dialog(draft: &str) {
    let closed = document().query_selector("dialog[data-modal]:not([open])").ok().flatten();
    if let Some(dialog) = closed {
        let _ = dialog.unchecked_ref::<HtmlDialogElement>().show_modal();
        let field = document().get_element_by_id("paste-text");
        if let Some(field) = field.and_then(|field| field.dyn_into::<HtmlTextAreaElement>().ok()) {
            field.set_value(draft);
        }
    }
}

/// Gives an element the focus and, unless it is to stay where it is, has it scrolled into view.
fn focus(node: &NodeRef, stays: bool) {
    if let Some(element) = html(node) {
        let options = FocusOptions::new();
        options.set_prevent_scroll(stays);
        let _ = element.focus_with_options(&options);
    }
}

/// Goes to the finding that one is at, else to the way out.
fn focus_finding() {
    let within = |selector| document().query_selector(selector).ok().flatten();
    let found = within("dialog [autofocus]").or_else(|| within("dialog button"));
    if let Some(element) = found.and_then(|found| found.dyn_into::<HtmlElement>().ok()) {
        let _ = element.focus();
    }
}
