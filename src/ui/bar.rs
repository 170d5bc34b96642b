//! The bar at the top: where one is, the labels, whether all is saved, and the commands that need no
//! selection. What finds no room on a narrow screen stands in the menu at its end.

use super::icon::Icon;
use super::labels::{LabelsProps, labels};
use super::part::Draw;
use super::{Dispatch, Same};
use crate::model::{Article, LabelId, LabelScheme};
use crate::state::table::{Action, keys};
use crate::state::{Checking, Command, Dialog, Exporting, Saving, Screen};
use crate::words;
use std::rc::Rc;
use yew::prelude::*;

#[derive(Clone, PartialEq)]
pub struct BarProps {
    pub screen: Screen,
    pub article: Option<Same<Article>>,
    pub scheme: Same<LabelScheme>,
    pub pressed: Option<LabelId>,
    /// Whether a label would go on something now.
    pub applies: bool,
    pub saving: Saving,
    /// When everything was last saved to a file.
    pub filed: AttrValue,
    /// What undo would take back.
    pub undo: Option<Rc<str>>,
    /// What redo would do again.
    pub redo: Option<Rc<str>>,
    /// How many annotations the article has.
    pub count: usize,
    pub list_open: bool,
    pub dispatch: Dispatch,
}

impl Draw for BarProps {
    fn draw(&self) -> Html {
        bar(self)
    }
}

fn bar(props: &BarProps) -> Html {
    let reading = props.screen == Screen::Article;
    let dispatch = &props.dispatch;
    let undo = words::tip(&words::with_what(words::UNDO, props.undo.as_deref()), keys(Action::Undo));
    let redo = words::tip(&words::with_what(words::REDO, props.redo.as_deref()), keys(Action::Redo));
    html! {
        <header class="bar">
            if reading {
                <button type="button" class="skip" onclick={dispatch.on(Command::FocusText)}>{ words::SKIP }</button>
                { place(props.article.as_deref(), dispatch) }
                <div class="labels" role="group" aria-label={words::LABELS}>
                    { labels(&LabelsProps {
                        scheme: props.scheme.clone(),
                        pressed: props.pressed.clone(),
                        applies: props.applies,
                        dispatch: dispatch.clone(),
                    }) }
                </div>
            } else {
                <span class="brand">{ words::APP }</span>
            }
            <div class="tools">
                { saving(&props.saving) }
                { tool("undo", Icon::Undo, words::UNDO, undo, props.undo.is_some(), dispatch, Command::Undo) }
                { tool("redo wide", Icon::Redo, words::REDO, redo, props.redo.is_some(), dispatch, Command::Redo) }
                if reading {
                    <button
                        type="button"
                        class="show-list"
                        aria-expanded={props.list_open.to_string()}
                        title={words::tip(words::SHOW_LIST, keys(Action::List))}
                        onclick={dispatch.on(Command::ShowList(!props.list_open))}
                    >
                        { Icon::List.view() }
                        <span class="name">{ words::SHOW_LIST }</span>
                        <span class="count">{ words::grouped(props.count) }</span>
                    </button>
                    { tool("wide", Icon::Check, words::CHECK, words::tip(words::CHECK_TITLE, keys(Action::Check)), true, dispatch, check()) }
                }
                { dialog("wide", Icon::Help, words::HELP, Action::Help, dispatch, Dialog::Help) }
                { dialog("wide", Icon::Settings, words::SETTINGS, Action::Settings, dispatch, Dialog::Settings) }
                <button
                    type="button"
                    class="primary wide"
                    title={words::tip(words::EXPORT, keys(Action::Export))}
                    onclick={dispatch.on(Command::Exporting(Exporting::Start))}
                >{ words::EXPORT }</button>
                { menu(props, reading) }
            </div>
        </header>
    }
}

const fn check() -> Command {
    Command::Checking(Checking::Start)
}

/// A tool without words of its own; what can't be done now says so when pressed.
fn tool(
    class: &'static str,
    icon: Icon,
    name: &'static str,
    title: String,
    can: bool,
    dispatch: &Dispatch,
    command: Command,
) -> Html {
    html! {
        <button
            type="button"
            Class={["tool ", class].concat()}
            aria-label={name}
            aria-disabled={(!can).then_some("true")}
            {title}
            onclick={dispatch.on(command)}
        >{ icon.view() }</button>
    }
}

fn dialog(
    class: &'static str,
    icon: Icon,
    name: &'static str,
    action: Action,
    dispatch: &Dispatch,
    dialog: Dialog,
) -> Html {
    tool(class, icon, name, words::tip(name, keys(action)), true, dispatch, Command::ShowDialog(dialog))
}

/// Whether all is saved, in one word; why not stands in the line below the bar.
fn saving(saving: &Saving) -> Html {
    let (state, words) = match saving {
        Saving::Saved => ("saved", words::SAVED),
        Saving::Saving => ("saving", words::SAVING),
        Saving::Failed(_) => ("failed", words::NOT_SAVED),
    };
    html! { <span class="saving" data-state={state} title={words}><span class="name">{ words }</span></span> }
}

/// The way back to the list of articles, and which article this is.
fn place(article: Option<&Article>, dispatch: &Dispatch) -> Html {
    let article = article.map(|article| {
        let about = words::joined([article.source.as_str(), article.date.as_str()]);
        html! {
            <h1 class="where">
                <button
                    type="button"
                    title={words::tip(words::ARTICLE_DETAILS, keys(Action::Details))}
                    onclick={dispatch.on(Command::ShowDialog(Dialog::Details(article.id.clone())))}
                >
                    <span class="name" dir="auto">{ article.name() }</span>
                    <span class="about" dir="auto">{ about }</span>
                </button>
            </h1>
        }
    });
    html! {
        <>
            <button
                type="button"
                class="back"
                title={words::tip(words::ARTICLES, keys(Action::Articles))}
                onclick={dispatch.on(Command::ShowArticles)}
            >
                { Icon::Back.view() }
                <span class="name">{ words::ARTICLES }</span>
            </button>
            { article }
        </>
    }
}

/// On a narrow screen, the commands that the bar has no room for.
fn menu(props: &BarProps, reading: bool) -> Html {
    let (article, redo) = (props.article.as_deref().filter(|_| reading), props.redo.as_deref());
    let dispatch = &props.dispatch;
    let item = |name: String, command: Command| {
        html! {
            <button type="button" popovertarget="more" popovertargetaction="hide" onclick={dispatch.on(command)}>
                { name }
            </button>
        }
    };
    let show = |name: &str, dialog: Dialog| item(name.to_owned(), Command::ShowDialog(dialog));
    // The browser closes the menu; the text keeps its selection.
    let onkeydown = Callback::from(|event: KeyboardEvent| {
        if event.key() == "Escape" {
            event.stop_propagation();
        }
    });
    html! {
        <span class="narrow" {onkeydown}>
            <button type="button" class="tool" popovertarget="more" aria-label={words::MORE} title={words::MORE}>
                { Icon::More.view() }
            </button>
            <div id="more" class="more" popover="auto" role="group" aria-label={words::MORE}>
                if redo.is_some() {
                    { item(words::with_what(words::REDO, redo), Command::Redo) }
                }
                if let Some(article) = article {
                    { show(words::ARTICLE_DETAILS, Dialog::Details(article.id.clone())) }
                    { item(words::CHECK_TITLE.to_owned(), check()) }
                }
                { item(words::EXPORT.to_owned(), Command::Exporting(Exporting::Start)) }
                { show(words::SETTINGS, Dialog::Settings) }
                { show(words::HELP, Dialog::Help) }
                <p class="filed">{ &props.filed }</p>
            </div>
        </span>
    }
}
