//! Saving the work to a file: in which format, of which articles, and what of it the file does not hold.

use super::{Beside, hint, modal};
use crate::exchange::{Look, Loss, Offer, Setting};
use crate::model::ArticleId;
use crate::state::export::{Choose, Export, Exporting, PROJECT, Seen};
use crate::state::table::Request;
use crate::state::{Checking, Command, export};
use crate::ui::part::Draw;
use crate::ui::{Dispatch, Same, second};
use crate::words;
use std::rc::Rc;
use web_sys::HtmlSelectElement;
use yew::prelude::*;

/// Where the site has the description of the project file.
const SCHEMA: &str = "static/schema/annotator-project-1.json";

/// What the dialog shows.
#[derive(Clone, PartialEq)]
pub struct ExportProps {
    pub export: Same<Export>,
    /// The open article.
    pub open: Option<ArticleId>,
    /// How many articles there are.
    pub articles: usize,
    /// Whether a file can be chosen that is written again and again, and the name of that file.
    pub can_choose: bool,
    pub file: Option<Rc<str>>,
    /// The name of the file that was last saved.
    pub exported: Option<String>,
    /// Whether nothing stands beside the page.
    pub alone: bool,
    pub dispatch: Dispatch,
}

impl Draw for ExportProps {
    fn draw(&self) -> Html {
        let Self { export, dispatch, .. } = self;
        let onsubmit = {
            let dispatch = dispatch.clone();
            Callback::from(move |event: SubmitEvent| {
                event.prevent_default();
                dispatch.send(Command::Exporting(Exporting::Save));
            })
        };
        let can_copy = match &export.seen {
            _ if export.is_project() => true,
            Seen::Look(look) => look.text.is_some(),
            _ => false,
        };
        let content = html! {
            <>
                <form id="answer" {onsubmit}>
                    { self.formats() }
                    <div class="chosen">
                        { self.scope() }
                        if export.is_project() {
                            { self.project() }
                        } else {
                            { self.other() }
                        }
                    </div>
                </form>
                <div class="answers">
                    if self.open.is_some() {
                        { second(words::CHECK_FIRST, dispatch.on(Command::Checking(Checking::Start))) }
                    }
                    <button
                        type="button"
                        class="second"
                        disabled={!can_copy}
                        onclick={dispatch.on(Command::Exporting(Exporting::Copy))}
                    >{ words::COPY }</button>
                    <button class="primary" form="answer" autofocus=true aria-disabled={export.is_writing.then_some("true")}>
                        { if export.is_writing { words::WRITING } else { words::SAVE } }
                    </button>
                </div>
            </>
        };
        modal(words::EXPORT, "export", Beside::Closes, dispatch, content)
    }
}

impl ExportProps {
    fn choose(&self, choice: Choose) -> Callback<Event> {
        self.dispatch.on(Command::Exporting(Exporting::Choose(choice)))
    }

    /// All formats, the project file first; the others once they are known.
    fn formats(&self) -> Html {
        let export = &self.export;
        let row = |id: &str, name: &str, about: &str| {
            html! {
                <label class="format">
                    <input
                        type="radio"
                        name="format"
                        checked={*export.format == *id}
                        onchange={self.choose(Choose::Format(id.into()))}
                    />
                    <span>{ name }<small>{ about }</small></span>
                </label>
            }
        };
        let others = export.offers.iter().filter(|offer| offer.id != PROJECT);
        html! {
            <fieldset class="formats">
                <legend>{ words::FORMAT }</legend>
                { row(PROJECT, words::PROJECT_FILE, words::PROJECT_ABOUT) }
                { for others.map(|offer| row(&offer.id, &offer.name, &offer.about)) }
                if export.offers.is_empty() {
                    { hint(if matches!(export.seen, Seen::Failed(_)) { words::NO_DESK } else { words::FORMATS_COME }) }
                }
            </fieldset>
        }
    }

    /// The open article or all of them, where there is a choice.
    fn scope(&self) -> Html {
        let Some(open) = &self.open else { return html! {} };
        let is_one = self.export.article.is_some();
        let row = |name: String, checked: bool, article: Option<ArticleId>| {
            html! {
                <label>
                    <input type="radio" name="scope" {checked} onchange={self.choose(Choose::Article(article))} />
                    { name }
                </label>
            }
        };
        html! {
            <fieldset class="scope">
                <legend>{ words::ARTICLES }</legend>
                { row(words::EXPORT_ONE.into(), is_one, Some(open.clone())) }
                { row(words::with_count(words::EXPORT_ALL, self.articles), !is_one, None) }
            </fieldset>
        }
    }

    /// What is to be known of the project file, and the offer of one that is written again and again.
    fn project(&self) -> Html {
        html! {
            <>
                <p>{ words::PROJECT_HINT }</p>
                if self.can_choose {
                    { own_file(self.file.as_deref(), &self.dispatch) }
                }
                if let Some(name) = &self.exported {
                    { hint(&words::saved_file(name)) }
                }
                if !self.alone {
                    <p class="hint-words"><a href={SCHEMA} target="_blank" rel="noopener">{ words::SCHEMA_LINK }</a></p>
                }
            </>
        }
    }

    /// What can be chosen of another format, and what the choice comes to.
    fn other(&self) -> Html {
        // What is behind a dialog is not heard, so that it is said here.
        let (seen, said) = match &self.export.seen {
            Seen::Waiting => (hint(words::LOOKING), String::new()),
            Seen::Failed(why) => (html! { <p class="wrong">{ &**why }</p> }, why.to_string()),
            Seen::Look(look) => (looked(look), words::losses(look.losses.len())),
        };
        html! {
            <>
                <p class="unseen" role="status">{ said }</p>
                if let Some(offer) = self.export.offer() {
                    { for offer.settings.iter().map(|setting| self.setting(setting)) }
                }
                { seen }
                if let Some(offer) = self.export.offer() {
                    { kept(offer) }
                }
            </>
        }
    }

    fn setting(&self, setting: &Setting) -> Html {
        let onchange = {
            let (dispatch, id) = (self.dispatch.clone(), Rc::<str>::from(setting.id.as_str()));
            Callback::from(move |event: Event| {
                let value = event.target_unchecked_into::<HtmlSelectElement>().value();
                let choice = export::Choose::Setting(id.clone(), value.into());
                dispatch.send(Command::Exporting(Exporting::Choose(choice)));
            })
        };
        let chosen = self.export.value(setting);
        let option = |(value, name): &(String, String)| {
            html! { <option value={value.clone()} selected={value == chosen}>{ name }</option> }
        };
        html! {
            <label class="field" key={setting.id.as_str()}>
                <span>{ &setting.name }</span>
                <select {onchange}>{ for setting.values.iter().map(option) }</select>
            </label>
        }
    }
}

/// What of the work is not in the files, and how they begin.
fn looked(look: &Look) -> Html {
    let line = |loss: &Loss| {
        html! {
            <li Class={(!loss.is_written).then_some("left-out")}>
                { words::sentence(&loss.said) }
                if !loss.setting.is_empty() {
                    <small>{ words::CHANGES_IT }</small>
                }
            </li>
        }
    };
    let name = match look.files.as_slice() {
        [(name, size)] => words::joined([name.as_str(), &words::size(*size)]),
        files => words::files_in_zip(files.len()),
    };
    html! {
        <>
            <section class="losses">
                if look.losses.is_empty() {
                    <p>{ words::NO_LOSSES }</p>
                } else {
                    <h3>{ words::LOSSES }</h3>
                    <ul>{ for look.losses.iter().map(line) }</ul>
                }
            </section>
            <section class="begins">
                <h3 id="begins-title">{ words::HEAD }</h3>
                <p class="file">{ name }</p>
                <pre tabindex="0" role="region" aria-labelledby="begins-title" dir="auto">{ &look.head }</pre>
            </section>
        </>
    }
}

/// What any file of a format keeps.
fn kept(offer: &Offer) -> Html {
    hint(&words::keeps(&offer.kept, &offer.lost))
}

/// The file that is written again and again, or the offer of one.
fn own_file(file: Option<&str>, dispatch: &Dispatch) -> Html {
    let choose = {
        let dispatch = dispatch.clone();
        Callback::from(move |_: MouseEvent| dispatch.ask(Request::ChooseFile))
    };
    let (name, hint) = match file {
        Some(file) => (words::OTHER_FILE, words::goes_to(file)),
        None => (words::OWN_FILE, words::OWN_FILE_HINT.into()),
    };
    html! {
        <div class="own-file">
            <p>{ hint }</p>
            <div class="answers">
                { second(name, choose) }
                if file.is_some() {
                    { second(words::SAVE_NOW, dispatch.on(Command::Save)) }
                }
            </div>
        </div>
    }
}
