//! Articles: bringing in, opening, correcting, removing, importing.

use super::Step;
use crate::formats::Plan;
use crate::limits;
use crate::model::record::EntryKind;
use crate::model::{AnnotatorCode, Article, ArticleId, Change, Extra, Workspace};
use crate::state::{Dialog, Effect, Filed, Filter, History, NewArticle, Screen, Selection, Target, View, WebPage};
use crate::text::{Text, wire};
use crate::words;
use std::rc::Rc;

impl Step<'_> {
    pub(super) fn load(&mut self, arrived: &[NewArticle]) {
        self.bring_in(arrived.iter().map(|new| (new.clone(), None)).collect());
    }

    /// Brings in articles, those from web pages with what is known of these.
    fn bring_in(&mut self, mut arrived: Vec<(NewArticle, Option<&WebPage>)>) {
        if self.state.workspace.article_count() + arrived.len() > limits::ARTICLES {
            return self.say(words::TOO_MANY_ARTICLES);
        }
        let count = arrived.len();
        arrived.retain(|(new, _)| fits(&new.text));
        if arrived.len() < count {
            self.say(words::ARTICLE_TOO_LONG);
        }
        let mut changes = Vec::new();
        let mut first = None;
        for (new, page) in arrived {
            let mut article = self.new_article(new);
            if let Some(page) = page {
                describe(&mut article, page);
            }
            first.get_or_insert(article.id.clone());
            changes.push(Change::Article { before: None, after: Some(Rc::new(article)) });
        }
        let Some(first) = first else {
            return;
        };
        let title = words::articles_added(changes.len());
        self.commit(EntryKind::Do, &title, changes);
        self.state.view.dialog = None;
        self.open(&first);
    }

    pub(super) fn take_whole(&mut self, at: usize, is_whole: bool) {
        if let Some(Dialog::Pages(pages)) = &mut self.state.view.dialog
            && let Some(page) = Rc::make_mut(pages).get_mut(at)
        {
            page.is_whole = is_whole;
        }
    }

    pub(super) fn take_pages(&mut self) {
        let Some(Dialog::Pages(pages)) = self.state.view.dialog.clone() else { return };
        let article = |page: &WebPage| NewArticle {
            text: Rc::new(Text::new(page.text())),
            fallback_title: page.file.rsplit_once('.').map_or(page.file.as_str(), |(stem, _)| stem).to_owned(),
            encoding: page.encoding.clone(),
        };
        self.bring_in(pages.iter().map(|page| (article(page), Some(page))).collect());
    }

    fn new_article(&mut self, new: NewArticle) -> Article {
        let found = wire::recognise(&new.text);
        Article {
            id: self.mint_article(),
            title: if found.headline.is_empty() { cut(new.fallback_title) } else { found.headline },
            source: cut(found.source),
            date: found.date,
            byline: String::new(),
            extractor: String::new(),
            text: new.text,
            encoding: new.encoding,
            done: false,
            created: self.stamp.now.clone(),
            changed: self.stamp.now.clone(),
            extra: Extra::default(),
        }
    }

    pub(super) fn reload(&mut self, id: &ArticleId, text: &Rc<Text>, encoding: &str) {
        let marked = self.state.workspace.sheets_of(id).next().is_some();
        let Some(before) = self.state.workspace.article(id).cloned() else {
            return;
        };
        if marked {
            return self.say(words::ENCODING_FIXED);
        }
        if !fits(text) {
            return self.say(words::ARTICLE_TOO_LONG);
        }
        let found = wire::recognise(text);
        let after = Article {
            text: text.clone(),
            encoding: encoding.to_owned(),
            title: found.headline,
            source: cut(found.source),
            date: found.date,
            ..Article::clone(&before)
        };
        let change = Change::Article { before: Some(before), after: Some(Rc::new(after)) };
        self.commit(EntryKind::Do, words::ENCODING_CHANGED, vec![change]);
        self.open(id);
    }

    pub(super) fn open(&mut self, id: &ArticleId) {
        let Some(article) = self.state.workspace.article(id).cloned() else {
            return;
        };
        let same = self.state.view.open.as_ref() == Some(id);
        let View { toast, filter, sticky, last_label, dialog, .. } = std::mem::take(&mut self.state.view);
        let filter = if same { filter } else { Filter::default() };
        self.state.view = View {
            screen: Screen::Article,
            open: Some(id.clone()),
            toast,
            filter,
            sticky,
            last_label,
            dialog,
            ..View::default()
        };
        self.effects.push(Effect::Show);
        self.effects.push(Effect::Focus(Target::Text));
        self.announce(words::opened(&article.name(), self.state.sheet().len()));
    }

    pub(super) fn open_next(&mut self, forward: bool) {
        let articles = self.state.workspace.articles();
        let here = articles.iter().position(|article| Some(&article.id) == self.state.view.open.as_ref());
        let next = match (here, forward) {
            (None, _) => Some(0),
            (Some(at), true) => Some(at + 1),
            (Some(at), false) => at.checked_sub(1),
        };
        match next.and_then(|at| articles.get(at)).map(|article| article.id.clone()) {
            Some(id) => self.open(&id),
            None => self.say(if forward { words::LAST_ARTICLE } else { words::FIRST_ARTICLE }),
        }
    }

    pub(super) fn show_articles(&mut self) {
        self.state.view.screen = Screen::Articles;
        self.state.view.list_open = false;
        self.state.view.selection = Selection::caret(self.state.view.selection.span.start());
        self.announce(words::ARTICLES);
    }

    /// Commits an article as `edit` leaves it, unless it leaves it as it was.
    fn edit_article(&mut self, id: &ArticleId, title: &str, edit: impl FnOnce(&mut Article)) {
        let Some(before) = self.state.workspace.article(id).cloned() else {
            return;
        };
        let mut after = Article::clone(&before);
        edit(&mut after);
        if after == *before {
            return;
        }
        after.changed = self.stamp.now.clone();
        self.commit(EntryKind::Do, title, vec![Change::Article { before: Some(before), after: Some(Rc::new(after)) }]);
    }

    pub(super) fn correct(&mut self, id: &ArticleId, facts: [&String; 3]) {
        if facts.iter().any(|words| limits::start(words, limits::NAME).is_some()) {
            self.say(words::LINE_TOO_LONG);
        }
        let [title, source, date] = facts.map(|words| cut(words.clone()));
        self.edit_article(id, words::DETAILS_CHANGED, |article| {
            article.title = title;
            article.source = source;
            article.date = date;
        });
        self.state.view.dialog = None;
    }

    pub(super) fn set_done(&mut self, id: &ArticleId, done: bool) {
        let title = if done { words::MARKED_DONE } else { words::MARKED_NOT_DONE };
        self.edit_article(id, title, |article| article.done = done);
        self.announce(title);
    }

    pub(super) fn remove(&mut self, id: &ArticleId) {
        let Some(article) = self.state.workspace.article(id).cloned() else {
            return;
        };
        let title = words::article_removed(&article.name());
        self.commit(EntryKind::Do, &title, vec![Change::Article { before: Some(article), after: None }]);
        self.leave_missing_article();
        self.toast(&title, true);
    }

    /// Goes to the list of articles where the open one is gone.
    pub(super) fn leave_missing_article(&mut self) {
        if self.state.article().is_none() {
            self.state.view = View {
                toast: self.state.view.toast.take(),
                last_label: self.state.view.last_label.take(),
                ..View::default()
            };
            self.effects.push(Effect::Show);
        }
    }

    pub(super) fn import(&mut self, plan: &Plan) {
        self.state.view.dialog = None;
        if plan.changes.is_empty() {
            return self.say(words::NOTHING_TO_IMPORT);
        }
        // Each change is of something else, so that all of them can be held against what is here now.
        if !plan.changes.iter().all(|change| change.fits(&self.state.workspace)) {
            return self.say(words::CHANGED_MEANWHILE);
        }
        self.state.workspace.next_id = self.state.workspace.next_id.max(plan.next_id);
        let first = plan.changes.iter().find_map(|change| match change {
            Change::Article { after: Some(article), .. } => Some(article.id.clone()),
            Change::Annotation { sheet, .. } => Some(sheet.article.clone()),
            _ => None,
        });
        self.commit(EntryKind::Do, words::IMPORTED, plan.changes.clone());
        match first {
            Some(id) => self.open(&id),
            None => self.effects.push(Effect::Show),
        }
        self.toast(&words::imported(plan.summary.articles_new, plan.summary.annotations_added), true);
    }

    pub(super) fn set_annotator(&mut self, code: &AnnotatorCode) {
        let before = self.state.workspace.annotator().clone();
        if before != *code {
            let title = words::annotator_changed(code.as_str());
            self.commit(EntryKind::Do, &title, vec![Change::Annotator { before, after: code.clone() }]);
            self.state.view.active = None;
            self.effects.push(Effect::Show);
            self.announce(title);
        }
    }

    pub(super) fn erase(&mut self) {
        self.state.workspace = Workspace::default();
        self.state.history = History::default();
        self.state.filed = Filed::default();
        (self.state.file, self.state.reminds) = (None, false);
        self.state.view = View::default();
        self.effects.push(Effect::Show);
        self.effects.push(Effect::Erase);
        self.say(words::ERASED);
    }
}

/// Whether a text is no longer than that of an article may be.
fn fits(text: &Text) -> bool {
    text.len().index() <= limits::TEXT && text.blocks().len() <= limits::LINES
}

/// Says of an article what its web page says of itself, which goes before what was guessed from the text.
fn describe(article: &mut Article, page: &WebPage) {
    for (fact, said) in
        [(&mut article.title, &page.title), (&mut article.source, &page.source), (&mut article.date, &page.date)]
    {
        if !said.is_empty() {
            *fact = cut(said.clone());
        }
    }
    article.byline = cut(page.byline.clone());
    article.extractor = cut(page.taken_by().to_owned());
}

/// What fits on one line of what is known of an article.
fn cut(words: String) -> String {
    match limits::start(&words, limits::NAME) {
        Some(start) => start.to_owned(),
        None => words,
    }
}
