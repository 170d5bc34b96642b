//! The page: which part of what is shown goes to which component.
//!
//! It is drawn again at every change of state, down to each step of a selection; each part gets only
//! what it shows, so that most of them see that nothing changed for them.

use super::articles::ArticlesProps;
use super::bar::BarProps;
use super::foot::{FootProps, LegendProps};
use super::icon::Icon;
use super::labels::{LabelsProps, labels};
use super::part::part;
use super::side::SideProps;
use super::text::TextProps;
use super::{FrameProps, Same, Shown, dialog, filed, keep_focus, over, tool};
use crate::model::LabelId;
use crate::state::table::{Action, keys};
use crate::state::{Command, Screen};
use crate::words;
use yew::prelude::*;

impl Shown {
    /// The label of the selected annotation, or the one in hand.
    fn pressed(&self) -> Option<LabelId> {
        let view = &self.state.view;
        self.state.active().map(|active| active.label.clone()).or_else(|| view.sticky.clone())
    }

    /// Whether a label would go on something now.
    fn applies(&self) -> bool {
        let view = &self.state.view;
        view.active.is_some() || !view.selection.is_caret()
    }

    fn reading(&self) -> bool {
        self.ready && self.state.view.screen == Screen::Article && self.state.article().is_some()
    }
}

/// The whole page.
pub fn frame(props: &FrameProps) -> Html {
    let FrameProps { shown, dispatch, .. } = props;
    let (state, view) = (&shown.state, &shown.state.view);
    let reading = shown.reading();
    html! {
        <div
            class="app"
            data-screen={if reading { "article" } else { "articles" }}
            data-touch={shown.touch.to_string()}
        >
            { bar(props) }
            <div class="notices">
                { over::unsaved(&state.saving, dispatch) }
                { over::notice(state.notice.as_ref(), dispatch) }
            </div>
            <div class="news">
                { over::update(state.update, dispatch) }
                { filed::reminder(state, dispatch) }
            </div>
            <main>
                if !shown.ready {
                    <p class="loading">{ words::LOADING }</p>
                } else if !reading {
                    { part(ArticlesProps {
                        shown: shown.clone(),
                        heading: props.refs.heading.clone(),
                        dispatch: dispatch.clone(),
                    }) }
                }
                { part(TextProps {
                    article: state.article().map(Same::from),
                    scheme: Same::from(state.workspace.scheme()),
                    pressed: shown.pressed(),
                    hidden: !reading,
                    refs: props.refs.clone(),
                    dispatch: dispatch.clone(),
                }) }
                if shown.ready && reading {
                    { over::hint(shown, dispatch) }
                    { over::guessed(shown, dispatch) }
                }
            </main>
            if reading {
                { side(props) }
                { dock(props) }
                { part(FootProps {
                    scheme: Same::from(state.workspace.scheme()),
                    counts: shown.counts.clone(),
                    paragraph: shown.paragraph,
                    encoding: state.article().map(|article| article.encoding.clone()).unwrap_or_default(),
                    keys: state.preferences.single_keys,
                    filed: shown.filed.clone(),
                    trap: shown.trap,
                    dispatch: dispatch.clone(),
                }) }
                { part(LegendProps { scheme: Same::from(state.workspace.scheme()), counts: shown.counts.clone() }) }
            }
            <div class="live unseen" ref={&props.refs.live}>
                <div aria-live="polite"></div>
                <div aria-live="polite"></div>
            </div>
            { dialog::view(props) }
            { over::toast(view.toast.as_ref(), dispatch) }
            { over::drop_place(shown.dropping) }
        </div>
    }
}

fn bar(props: &FrameProps) -> Html {
    let FrameProps { shown, dispatch, .. } = props;
    let (state, view) = (&shown.state, &shown.state.view);
    part(BarProps {
        screen: if shown.reading() { Screen::Article } else { Screen::Articles },
        article: state.article().map(Same::from),
        scheme: Same::from(state.workspace.scheme()),
        pressed: shown.pressed(),
        applies: shown.applies(),
        saving: state.saving.clone(),
        filed: shown.filed.clone(),
        undo: state.history.last_done().map(|step| step.title.clone()),
        redo: state.history.last_undone().map(|step| step.title.clone()),
        count: shown.counts.iter().sum::<usize>(),
        list_open: view.list_open,
        dispatch: dispatch.clone(),
    })
}

fn side(props: &FrameProps) -> Html {
    let FrameProps { shown, refs, dispatch } = props;
    let (state, view) = (&shown.state, &shown.state.view);
    let (Some(text), Some(article)) = (state.text(), &view.open) else {
        return html! {};
    };
    let others = view.stack.iter().filter(|id| view.active.as_ref().is_some_and(|active| active != *id));
    let also = others.filter_map(|id| state.workspace.annotation(article, id)).map(Same::from);
    part(SideProps {
        listing: Same::from(&shown.listing),
        text: Same::from(text),
        scheme: Same::from(state.workspace.scheme()),
        counts: shown.counts.clone(),
        filter: view.filter.clone(),
        active: state.active().map(Same::from),
        card: shown.card.as_ref().map(Same::from),
        also: also.collect::<Vec<_>>(),
        open: view.list_open,
        seen: shown.rows,
        refs: refs.clone(),
        dispatch: dispatch.clone(),
    })
}

/// The labels at the bottom, for fingers and narrow screens, with what else a mark needs there.
fn dock(props: &FrameProps) -> Html {
    let FrameProps { shown, dispatch, .. } = props;
    let tool = |icon: Icon, name: &'static str, action: Action, command: Command| {
        tool(icon, name.into(), words::tip(name, keys(action)).into(), dispatch.on(command))
    };
    html! {
        <section class="dock" aria-label={words::LABELS}>
            <div class="labels" role="group" aria-label={words::LABELS}>
                { labels(&LabelsProps {
                    scheme: Same::from(shown.state.workspace.scheme()),
                    pressed: shown.pressed(),
                    applies: shown.applies(),
                    dispatch: dispatch.clone(),
                }) }
            </div>
            <div class="at-mark" hidden={shown.state.view.active.is_none()} onmousedown={keep_focus()}>
                { tool(Icon::Edit, words::SHOW_CARD, Action::Card, Command::FocusCard) }
                { tool(Icon::Delete, words::DELETE, Action::Delete, Command::Delete) }
            </div>
        </section>
    }
}
