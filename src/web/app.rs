//! The app: the one place that holds the state. Events come in as messages, commands go through the
//! machine, effects go out: data at once, what needs the page after it was drawn.

use crate::model::record::Entry;
use crate::model::{Annotation, ArticleId, WriterId};
use crate::state::filed::SavedFile;
use crate::state::listing::Searched;
use crate::state::pending::Base;
use crate::state::places::Places;
use crate::state::table::{self, Request};
use crate::state::{Command, Dialog, Effect, State, listing, update};
use crate::text::TextHash;
use crate::text::wire::{self, Role};
use crate::ui::{Dispatch, FrameProps, ROW_HEIGHT, Refs, Shown, filed, frame};
use crate::web::article::ArticleView;
use crate::web::article::overlay::Pointing;
use crate::web::aside::{Aside, Heard};
use crate::web::asking::Asking;
use crate::web::dom::{document, window};
use crate::web::effects::toast_in_use;
use crate::web::files::Arrived;
use crate::web::gestures::Drag;
use crate::web::intake::Underway;
use crate::web::pointer::Pointed;
use crate::web::saved_page::{Came, Waiting};
use crate::web::store::{Opened, Store};
use crate::web::{api, back, clock, ground, keys, listeners, loader, own_file, panic};
use crate::words::Trap;
use gloo::events::EventListener;
use gloo::timers::callback::Timeout;
use std::cell::RefCell;
use std::pin::Pin;
use std::rc::Rc;
use wasm_bindgen::JsValue;
use yew::{AttrValue, Component, Context, Html, html};

/// The state as event listeners see it, which must decide at once whether a key is theirs.
pub type Glance = Rc<RefCell<State>>;

/// What the app is told.
pub enum Msg {
    /// Somebody asks for something.
    Ask(Request),
    /// The store was opened.
    Opened(Box<Opened>),
    /// Others have written to the log: all that it holds now, where it was read anew, and what came to it.
    News(Option<Base>, Vec<Rc<Entry>>),
    /// A pointer did something.
    Pointed(Pointed),
    /// The article was laid out anew.
    Laid,
    /// Files were chosen or dropped.
    Files(Vec<Arrived>),
    /// Files hover over the page, or no longer.
    Dropping(bool),
    /// A text was pasted: into the paste dialog, or anywhere else.
    Pasted {
        /// The text exactly as the clipboard has it.
        text: String,
        /// Whether it went into the paste dialog.
        in_dialog: bool,
        /// Whether half characters in it were replaced.
        mended: bool,
    },
    /// The text is being scrolled.
    Scrolled,
    /// There is time to draw a section that may come into view next.
    Ahead(Option<usize>),
    /// The text may rest where it was scrolled to.
    Rested,
    /// The page is about to be printed.
    Printing,
    /// The passing message has stood for a while.
    ToastRests,
    /// What points has done so for a while.
    PointerRests,
    /// A sample has come, or not: what follows from it.
    Sample(Command),
    /// The sample on which a first visit opens has come, or not: what follows from it.
    Welcome(Command),
    /// Web pages were taken apart, or not.
    Pages(Came),
    /// Whoever reads files says something of them.
    Aside(Heard),
    /// Whoever was asked by the dialog for files answers.
    Answered(Heard),
    /// What was chosen in that dialog rests.
    Look,
    /// The file that is written again and again was written, or why it was not.
    Written(Rc<SavedFile>, JsValue, Option<String>),
    /// Files that are being read have to be looked after.
    Underway,
    /// Everything has been committed for a moment.
    Stored,
    /// The window changed its size.
    Resized,
    /// A person went back or forth in the browser's history.
    Travelled,
    /// The page goes out of sight, or comes back.
    Leaving,
    /// The store was erased, or why it could not be.
    Erased(Result<(), String>),
    /// Opening takes long enough for the frame to be shown meanwhile.
    Late,
    /// A program wants to hear of changes.
    Subscribed(u32, js_sys::Function),
    /// A program no longer wants to.
    Unsubscribed(u32),
}

/// How long after a commit the page says so, unless more is to be committed by then, in milliseconds.
const STORED_REST: u32 = 120;
/// How long the frame waits for what it is to show, in milliseconds.
const FRAME_WAITS: u32 = 250;
/// How long a passing message stands, in milliseconds.
const TOAST_TIME: u32 = 8_000;

/// The root component.
pub struct App {
    pub(super) state: State,
    pub(super) glance: Glance,
    pub(super) store: Store,
    /// Whether the store has been read.
    pub(super) is_open: bool,
    pub(super) writer: WriterId,
    pub(super) places: Places,
    pub(super) refs: Refs,
    pub(super) dispatch: Dispatch,
    pub(super) article: Option<ArticleView>,
    pub(super) pointing: Pointing,
    /// Whether the page is laid out for fingers. Follows what points after a while, so that nothing moves
    /// under a finger on its way.
    pub(super) shown_touch: bool,
    pub(super) drag: Option<Drag>,
    pub(super) last_click: f64,
    /// Whether the page, and with it the browser's selection, shows the state.
    pub(super) settled: bool,
    /// Whether the browser's selection changed before it did.
    pub(super) selection_waits: bool,
    /// Whether the frame is drawn. It waits for what it is to show, unless that takes long: drawing it twice
    /// would keep the browser from handing over what it has read.
    pub(super) is_shown: bool,
    /// Whether the first visit waits for the sample it opens on.
    pub(super) welcoming: bool,
    /// Whether the message at hand came to a command: else there is nothing to draw anew.
    has_run: bool,
    /// What was asked before the store was read.
    pub(super) early: Vec<Rc<Command>>,
    /// Whether the side list has yet to show the selected annotation.
    pub(super) row_due: bool,
    /// Effects that wait for the page to be drawn.
    pub(super) after: Vec<Effect>,
    /// The bytes of articles that came from files, for reading them in another encoding.
    pub(super) bytes: Vec<(ArticleId, Rc<[u8]>)>,
    /// What the clipboard held when something was pasted into the dialog.
    pub(super) clipboard: Option<String>,
    /// What stands in the paste dialog; kept while it is closed.
    pub(super) draft: Rc<RefCell<String>>,
    pub(super) dropping: bool,
    /// What came together with the web pages in the dialog.
    pub(super) waiting: Option<Waiting>,
    /// Whoever can read the files that may be about to come.
    pub(super) ready: Option<Aside>,
    /// The files that are being read aside.
    pub(super) underway: Option<Underway>,
    /// What the dialog for files asks.
    pub(super) asking: Asking,
    /// The name of the file that was saved last.
    pub(super) exported: Option<String>,
    /// The file that is written again and again, where one was chosen.
    pub(super) own_file: JsValue,
    /// When everything was last saved to a file, in words.
    filed: AttrValue,
    /// What is weaker where the page was opened from.
    trap: Option<&'static Trap>,
    /// Takes the passing message away after a while.
    pub(super) toast_rest: Option<Timeout>,
    /// Says that all is saved after a moment.
    stored_rest: Option<Timeout>,
    pub(super) subscribers: Vec<(u32, js_sys::Function)>,
    pub(super) spoken: usize,
    /// The width of what scrolls the text when it was last laid out, in CSS pixels.
    pub(super) width: i32,
    /// Looks whether the text rests, and whether it was scrolled since that was asked.
    pub(super) scroll_rest: Option<(Timeout, bool)>,
    /// Draws what may come into view next.
    pub(super) ahead: Option<Timeout>,
    listing: Rc<[Rc<Annotation>]>,
    searched: Option<Searched>,
    /// The annotation of the open article that is selected, or was last.
    card: Option<Rc<Annotation>>,
    /// What each line of the open article is for, and of which text that is.
    pub(super) roles: Rc<[Role]>,
    roles_of: Option<TextHash>,
    _listeners: Vec<EventListener>,
}

impl Component for App {
    type Message = Msg;
    type Properties = ();

    fn create(ctx: &Context<Self>) -> Self {
        let link = ctx.link();
        let refs = Refs::default();
        let glance = Glance::default();
        let coarse = window().match_media("(pointer: coarse)").ok().flatten().is_some_and(|media| media.matches());
        let draft = Rc::new(RefCell::new(String::new()));
        let store = Store::open(glance.clone(), link.callback(|msg: Msg| msg));
        let late = link.callback(|()| Msg::Late);
        Timeout::new(FRAME_WAITS, move || late.emit(())).forget();
        panic::watch(glance.clone());
        api::publish(link.callback(|msg: Msg| msg), glance.clone());
        Self {
            state: State::default(),
            store,
            is_open: false,
            writer: clock::new_writer(),
            places: Places::default(),
            dispatch: Dispatch::new(link.callback(Msg::Ask)),
            article: None,
            pointing: Pointing { touch: coarse },
            shown_touch: coarse,
            drag: None,
            last_click: 0.0,
            settled: true,
            selection_waits: false,
            is_shown: false,
            welcoming: false,
            has_run: false,
            early: Vec::new(),
            row_due: false,
            after: Vec::new(),
            bytes: Vec::new(),
            clipboard: None,
            dropping: false,
            waiting: None,
            ready: None,
            underway: None,
            asking: Asking::default(),
            exported: None,
            own_file: JsValue::UNDEFINED,
            filed: AttrValue::default(),
            trap: ground::trap(),
            toast_rest: None,
            stored_rest: None,
            subscribers: Vec::new(),
            spoken: 0,
            width: 0,
            scroll_rest: None,
            ahead: None,
            listing: Rc::default(),
            searched: None,
            card: None,
            roles: Rc::default(),
            roles_of: None,
            _listeners: listeners::all(&refs, &glance, &draft, link.callback(|msg: Msg| msg)),
            draft,
            refs,
            glance,
        }
    }

    fn update(&mut self, ctx: &Context<Self>, msg: Msg) -> bool {
        self.has_run = false;
        match msg {
            Msg::Ask(request) => self.ask(ctx, request),
            Msg::Opened(opened) => {
                self.opened(ctx, *opened);
                self.is_shown |= !self.welcoming;
            }
            Msg::Late => return !std::mem::replace(&mut self.is_shown, true),
            Msg::News(base, others) => self.follow(ctx, base, others),
            Msg::Pointed(pointed) => return self.pointed(ctx, pointed),
            Msg::Laid => self.laid(),
            Msg::Files(files) => self.take_files(ctx, files),
            Msg::Dropping(dropping) => {
                if dropping {
                    self.make_ready(ctx);
                }
                return std::mem::replace(&mut self.dropping, dropping) != dropping;
            }
            Msg::Pasted { text, in_dialog, mended } => self.take_paste(ctx, text, in_dialog, mended),
            Msg::Scrolled => return self.scrolled(ctx),
            Msg::Ahead(section) => self.look_ahead(ctx, section),
            Msg::Rested => self.rested(ctx),
            Msg::Leaving => {
                self.note_top();
                self.keep_places();
                if !document().hidden() {
                    self.send(ctx, Command::Return);
                }
            }
            Msg::Printing => {
                if let Some(article) = &mut self.article {
                    article.paint_all(&self.state);
                }
            }
            Msg::ToastRests => match toast_in_use() {
                true => self.time_toast(ctx),
                false => self.send(ctx, Command::DismissToast),
            },
            Msg::Sample(command) => self.send(ctx, command),
            Msg::Welcome(command) => {
                self.send(ctx, command);
                (self.welcoming, self.is_shown) = (false, true);
            }
            Msg::Written(saved, file, error) => self.written(ctx, &saved, file, error),
            Msg::Aside(heard) => self.heard(ctx, heard),
            Msg::Answered(heard) => self.answered(ctx, heard),
            Msg::Look => self.look(ctx),
            Msg::Pages(came) => self.offer_pages(ctx, came),
            Msg::Underway => self.look_after(ctx),
            Msg::Resized => return true,
            Msg::Travelled => {
                if let Some(command) = back::asked(&self.state.view) {
                    self.send(ctx, Command::CloseDialog);
                    self.send(ctx, command);
                }
            }
            Msg::Stored => {
                if self.store.is_idle() {
                    self.store.tidy(&self.state.workspace);
                    self.send(ctx, Command::Stored);
                }
            }
            Msg::PointerRests => {
                return std::mem::replace(&mut self.shown_touch, self.pointing.touch) != self.pointing.touch;
            }
            Msg::Erased(result) => {
                self.erased(result);
                return true;
            }
            Msg::Subscribed(id, function) => self.subscribers.push((id, function)),
            Msg::Unsubscribed(id) => self.subscribers.retain(|(other, _)| *other != id),
        }
        self.has_run
    }

    fn view(&self, _ctx: &Context<Self>) -> Html {
        if !self.is_shown {
            return html! {};
        }
        let state = &self.state;
        let counts = match &state.view.open {
            Some(_) => {
                let sheet = state.sheet();
                state.workspace.scheme().labels.iter().map(|label| sheet.count(&label.id)).collect()
            }
            None => Vec::new(),
        };
        let paragraph = state
            .text()
            .map_or((0, 0), |text| listing::paragraph(&self.roles, text.block_at(state.view.selection.focus)));
        let shown = Rc::new(Shown {
            state: state.clone(),
            listing: self.listing.clone(),
            card: self.card.clone(),
            rows: window_height() / ROW_HEIGHT as usize + 2,
            counts,
            touch: self.shown_touch,
            dropping: self.dropping,
            paragraph,
            can_reread: state.view.open.as_ref().is_some_and(|id| self.bytes.iter().any(|(of, _)| of == id)),
            ready: self.is_open && !self.welcoming,
            exported: self.exported.clone(),
            alone: loader::is_one_file(),
            filed: self.filed.clone(),
            trap: self.trap,
            can_choose: own_file::can(),
        });
        frame(&FrameProps { shown, refs: self.refs.clone(), dispatch: self.dispatch.clone() })
    }

    fn rendered(&mut self, ctx: &Context<Self>, _first: bool) {
        if self.is_shown {
            if let Some(message) = document().get_element_by_id("boot-message") {
                message.remove();
            }
            self.settle(ctx);
        }
    }
}

/// Has the app told what a future comes to. The future is boxed, since each kind of one would bring Yew's part
/// of it along once more.
pub(super) fn later(ctx: &Context<App>, message: Pin<Box<dyn Future<Output = Msg>>>) {
    ctx.link().send_future(message);
}

/// The height of the window, in CSS pixels.
fn window_height() -> usize {
    window().inner_height().ok().and_then(|height| height.as_f64()).unwrap_or_default() as usize
}

/// A text in small letters, by the browser's own tables.
fn small_letters(text: &str) -> String {
    js_sys::JsString::from(text).to_lower_case().into()
}

impl App {
    /// Sends a command through the machine and carries out what follows.
    pub(super) fn send(&mut self, ctx: &Context<Self>, command: Command) {
        self.run(ctx, Rc::new(command));
    }

    /// The same; what comes before the store was read waits for it.
    fn run(&mut self, ctx: &Context<Self>, command: Rc<Command>) {
        self.has_run = true;
        if !self.is_open {
            return self.early.push(command);
        }
        let command = &*command;
        if matches!(command, Command::Open(_) | Command::OpenNext(_) | Command::ShowArticles) {
            self.note_top();
        }
        let before = (self.state.view.screen, self.state.view.open.clone());
        let selection = self.state.view.selection;
        let (active, listed) = (self.state.view.active.clone(), self.state.view.list_open);
        let toast = self.state.view.toast.clone();
        let typed = matches!(command, Command::SetNote { .. });
        if matches!((&self.state.view.dialog, command), (Some(Dialog::Reading { .. }), Command::CloseDialog)) {
            self.underway = None;
        }
        let closes = matches!(self.state.view.dialog, Some(Dialog::Export(_)));
        let filters = matches!(command, Command::ToggleLabel(_) | Command::Search(_));
        let (state, effects) = update(&self.state, command, &clock::stamp(&self.writer));
        let old = std::mem::replace(&mut self.state, state);
        // Who marks or leaves words while the mouse is still down is done with them.
        if old.view.dragging && !self.state.view.dragging && matches!(self.drag, Some(Drag::Text { .. })) {
            self.drag = Some(Drag::Over);
        }
        if self.state.view.selection != selection {
            self.settled = false;
            let focus = self.state.view.selection.focus;
            self.article.iter_mut().for_each(|article| article.leave_line(focus));
        }
        if self.state.filed.saved != old.filed.saved {
            self.filed = filed::words_of(&self.state.filed);
        }
        *self.glance.borrow_mut() = self.state.clone();
        let lists =
            effects.iter().any(|effect| matches!(effect, Effect::Persist(_) | Effect::Requeue(_) | Effect::Show));
        self.persist(&old, &effects);
        for effect in effects {
            self.carry_out(ctx, effect);
        }
        if closes {
            self.stop_asking();
        }
        if filters || lists {
            self.list();
        }
        if !matches!(self.state.view.dialog, Some(Dialog::Pages(_)))
            && let Some(waiting) = self.waiting.take()
        {
            self.go_on(ctx, waiting);
        }
        // A note that was typed and came out as it was has nothing to be saved.
        if typed && !lists && self.store.is_idle() {
            self.send(ctx, Command::Stored);
        }
        if self.state.view.toast != toast {
            self.time_toast(ctx);
        }
        self.row_due |= self.state.view.active != active || self.state.view.list_open != listed;
        if before != (self.state.view.screen, self.state.view.open.clone()) {
            // What is opened before anything was shown is nowhere to come back from.
            if self.is_shown {
                back::follow(before.0, self.state.view.screen);
            }
            self.card = None;
            self.keep_places();
        }
        self.card = self.state.active().or(self.card.as_ref()).cloned();
    }

    /// A message passes by itself, but not while somebody is at it.
    pub(super) fn time_toast(&mut self, ctx: &Context<Self>) {
        let tired = ctx.link().callback(|()| Msg::ToastRests);
        self.toast_rest = self.state.view.toast.as_ref().map(|_| Timeout::new(TOAST_TIME, move || tired.emit(())));
    }

    /// Keeps what depends on the open article, its annotations and the filter.
    fn list(&mut self) {
        if let Some(text) = self.state.text().filter(|text| self.roles_of.as_ref() != Some(text.hash())) {
            self.roles = wire::recognise(text).roles.into();
            self.roles_of = Some(text.hash().clone());
        }
        self.listing = match self.state.text() {
            Some(text) => {
                let (sheet, filter) = (self.state.sheet(), &self.state.view.filter);
                listing::annotations(&sheet, text, filter, &small_letters, &mut self.searched)
            }
            None => Rc::default(),
        };
    }

    /// Index of an annotation in the side list.
    pub(super) fn row_of(&self, annotation: &Annotation) -> Option<usize> {
        listing::place_of(&self.listing, annotation)
    }

    fn ask(&mut self, ctx: &Context<Self>, request: Request) {
        match request {
            // Said once for a row of changes: each time would draw the page again.
            Request::Do(command) if matches!(*command, Command::Stored) => {
                let rested = ctx.link().callback(|()| Msg::Stored);
                self.stored_rest = Some(Timeout::new(STORED_REST, move || rested.emit(())));
            }
            Request::Do(command) => self.run(ctx, command),
            Request::Line(motion, extend) => self.step_by_line(ctx, motion, extend),
            Request::OpenSample(sample) => self.open_sample(ctx, sample),
            Request::OpenFiles => {
                self.make_ready(ctx);
                crate::web::files::choose(ctx.link().callback(Msg::Files));
            }
            Request::Pasted(shown) => self.add_pasted(ctx, &shown),
            Request::ReadAs(id, encoding) => self.read_as(ctx, &id, &encoding),
            Request::ChooseFile => {
                self.send(ctx, Command::CloseDialog);
                self.write_file(ctx, &JsValue::UNDEFINED);
            }
            Request::SaveAside => self.save_aside(ctx),
        }
    }

    fn step_by_line(&mut self, ctx: &Context<Self>, motion: table::LineMotion, extend: bool) {
        let from = match &self.state.view.resize {
            Some(resize) => resize.moving(),
            None => self.state.view.selection.focus,
        };
        let Some(article) = &mut self.article else { return };
        let line = article.rect_at(from);
        let Some(offset) = keys::line_step(article, from, motion) else { return };
        if let Some((_, line)) = line {
            // The browser does not say which of two lines it means: the one that is not where the step began.
            let half = line.height() / 2.0;
            article.end_line(offset, |ended, begun| match motion {
                table::LineMotion::Start => false,
                table::LineMotion::End => true,
                table::LineMotion::Up => begun.top() > line.top() - half,
                table::LineMotion::Down => ended.top() > line.top() + half,
            });
        }
        self.send(ctx, Command::CaretTo(offset, extend));
    }

    fn opened(&mut self, ctx: &Context<Self>, opened: Opened) {
        let Opened { base, beside, is_first_visit, found } = opened;
        self.places = Places::parse(&beside.places);
        self.state.filed = beside.filed;
        self.filed = filed::words_of(&self.state.filed);
        self.state.file = own_file::called(&beside.file).map(Into::into);
        self.own_file = beside.file;
        self.state.preferences = self.places.preferences;
        Base { workspace: self.state.workspace, history: self.state.history } = base;
        self.is_open = true;
        self.send(ctx, found);
        if is_first_visit {
            self.welcoming = true;
            Self::fetch_welcome(ctx);
        } else if let Some(id) = self.places.open.clone() {
            self.send(ctx, Command::Open(id));
        }
        for command in std::mem::take(&mut self.early) {
            self.run(ctx, command);
        }
    }
}
