//! The list of articles: what is here, and the ways to bring in more.

use super::icon::Icon;
use super::labels::{look, sample};
use super::part::{Draw, keyed};
use super::{Dispatch, Same, Shown, button, tool, when};
use crate::model::{Article, LabelScheme};
use crate::samples::{SAMPLES, Sample};
use crate::state::listing::{self, ArticleRow};
use crate::state::table::{Action, Request, keys};
use crate::state::{Command, Dialog};
use crate::words;
use std::rc::Rc;
use yew::prelude::*;

#[derive(Clone, PartialEq)]
pub struct ArticlesProps {
    pub shown: Rc<Shown>,
    pub heading: NodeRef,
    pub dispatch: Dispatch,
}

impl Draw for ArticlesProps {
    fn draw(&self) -> Html {
        articles(self)
    }
}

/// The screen.
fn articles(props: &ArticlesProps) -> Html {
    let ArticlesProps { shown, dispatch, .. } = props;
    let rows = listing::articles(&shown.state);
    let none = rows.is_empty();
    let row = |row: ArticleRow| {
        let value = RowProps {
            article: Same::from(&row.article),
            counts: row.counts,
            words: row.words,
            scheme: Same::from(shown.state.workspace.scheme()),
            dispatch: dispatch.clone(),
        };
        keyed(row.article.id.as_str(), value)
    };
    let paste = dispatch.on(Command::ShowDialog(Dialog::Paste { refused: false }));
    let brings = |class, name, action, onclick| button(class, name, Some(words::tip(name, keys(action))), onclick);
    html! {
        <div class="articles">
            <div class="head">
                <h1 ref={&props.heading} tabindex="-1">{ if none { words::NO_ARTICLES } else { words::ARTICLES } }</h1>
                { brings("primary", words::PASTE_ARTICLE, Action::Paste, paste) }
                { brings("second", words::OPEN_FILES, Action::OpenFiles, open_files(dispatch)) }
            </div>
            if none {
                <p class="more-words">{ words::NO_ARTICLES_MORE }</p>
            } else {
                <ul class="rows">{ for rows.into_iter().map(row) }</ul>
            }
            <section class="samples" aria-label={words::SAMPLES}>
                <h2>{ words::SAMPLES }</h2>
                <div>{ for SAMPLES.iter().map(|entry| sample_button(entry, dispatch)) }</div>
            </section>
            if !none {
                <div class="everything">
                    <p class="filed">{ &shown.filed }</p>
                    <button type="button" onclick={dispatch.on(Command::Export(None))}>
                        { Icon::Save.view() }{ words::DOWNLOAD_ALL }
                    </button>
                    <button type="button" class="delete" onclick={dispatch.on(Command::ShowDialog(Dialog::Erase))}>
                        { Icon::Delete.view() }{ words::ERASE }
                    </button>
                </div>
            }
        </div>
    }
}

fn open_files(dispatch: &Dispatch) -> Callback<MouseEvent> {
    let dispatch = dispatch.clone();
    Callback::from(move |_| dispatch.ask(Request::OpenFiles))
}

fn sample_button(entry: &'static Sample, dispatch: &Dispatch) -> Html {
    let dispatch = dispatch.clone();
    let onclick = Callback::from(move |_: MouseEvent| dispatch.ask(Request::OpenSample(entry)));
    html! {
        <button key={entry.name} type="button" {onclick}>
            <span class="name">{ entry.name }</span>
            <small>{ entry.hint }</small>
        </button>
    }
}

#[derive(Clone, PartialEq)]
struct RowProps {
    article: Same<Article>,
    counts: Vec<usize>,
    words: usize,
    scheme: Same<LabelScheme>,
    dispatch: Dispatch,
}

impl Draw for RowProps {
    fn draw(&self) -> Html {
        row(self)
    }
}

/// One article. All of the row opens it; the buttons on it lie above.
fn row(props: &RowProps) -> Html {
    let RowProps { article, scheme, dispatch, .. } = props;
    let (id, name) = (&article.id, article.name());
    let (done, done_tip) = match article.done {
        true => ("true", words::MARK_NOT_DONE),
        false => ("false", words::MARK_DONE),
    };
    let about = words::joined([&*article.source, &*article.date, &words::plural(props.words, "word", "words")]);
    let marked = listing::counts_in_words(scheme, &props.counts);
    html! {
        <li class="row" data-done={done}>
            <button
                type="button"
                class="done"
                aria-pressed={done}
                aria-label={words::named(words::DONE, &name)}
                title={done_tip}
                onclick={dispatch.on(Command::SetDone(id.clone(), !article.done))}
            >{ Icon::Check.view() }</button>
            <div class="what">
                <button type="button" class="open" dir="auto" onclick={dispatch.on(Command::Open(id.clone()))}>
                    { &name }
                </button>
                <small dir="auto">{ about }</small>
            </div>
            <span class="counts" title={marked.clone()}>
                <span class="unseen">{ marked }</span>
                { for scheme.labels.iter().zip(&props.counts).filter(|&(_, &count)| count > 0).map(|(label, &count)| html! {
                    <span Class={look("count", Some(label))} aria-hidden="true">
                        { sample() }{ words::grouped(count) }
                    </span>
                }) }
            </span>
            <time datetime={article.changed.as_str().to_owned()} title={words::LAST_CHANGE}>
                { when::local(&article.changed) }
            </time>
            <span class="tools">
                { tool(
                    Icon::Edit,
                    words::named(words::ARTICLE_DETAILS, &name).into(),
                    words::ARTICLE_DETAILS.into(),
                    dispatch.on(Command::ShowDialog(Dialog::Details(id.clone()))),
                ) }
                { tool(
                    Icon::Delete,
                    words::named(words::REMOVE, &name).into(),
                    words::REMOVE.into(),
                    dispatch.on(Command::Remove(id.clone())),
                ) }
            </span>
        </li>
    }
}
