//! What becomes of requests: files are read, what can be written is listed, looked at and written.
//!
//! A desk keeps the workspace of the last request that brought one, so that the next need not. It gives plans and
//! files and changes nothing.

use crate::exchange::ask::{Answer, Ask, Asked, Order};
use crate::exchange::{Found, Intake, Look, Loss, Offer, Setting};
use crate::formats::catalog::{self, Context, FORMATS, Format, Group, Job, Writes, Written};
use crate::formats::file::InFile;
use crate::formats::loss::Fate;
use crate::formats::options::{Choice, Options};
use crate::formats::{self, Issue, Plan, plain, project};
use crate::limits;
use crate::lint::lint;
use crate::model::{ArticleId, Change, SheetKey, Timestamp, Workspace, WriterId};
use crate::text::markup;
use crate::zip;

/// How much of a file is shown before it is written, in lines and in code points of each.
const HEAD_LINES: usize = 40;
const HEAD_WIDTH: usize = 400;

/// The longest text for a clipboard, in bytes.
const CLIPBOARD: usize = 2 << 20;

/// A file as it arrives.
pub struct Arrival {
    /// Its name.
    pub name: String,
    /// Its place among the files of the request; `None` where it came in an archive.
    pub place: Option<u32>,
    /// What is in it, or why it can't be had.
    pub file: Result<InFile, String>,
}

/// Answers requests.
#[derive(Default)]
pub struct Desk {
    here: Workspace,
}

impl Desk {
    /// Answers a request that was unpacked. `files` come with a request to read, `progress` hears how much of them
    /// was read, from 0 to 1; `generator` is the program and its version.
    pub fn answer(&mut self, asked: Asked, files: Vec<Arrival>, generator: &str, progress: &dyn Fn(f64)) -> Answer {
        let Asked { here, now, ask } = asked;
        if let Some(here) = here {
            self.here = here;
        }
        match ask {
            Ask::Read(writer) => Answer::Read(self.read(files, &writer, &now, progress)),
            Ask::Offers => Answer::Offers(offers()),
            Ask::Look(order) => match self.write(&order, &now, generator) {
                Ok((written, choices, _)) => Answer::Look(look(written, &choices)),
                Err(why) => Answer::Refused(why),
            },
            Ask::Write(order) => match self.write(&order, &now, generator) {
                Ok((written, _, stem)) => file(written, &stem, &now),
                Err(why) => Answer::Refused(why),
            },
            Ask::Lint(article) => self.lint(&article),
        }
    }

    fn read(&self, arrived: Vec<Arrival>, writer: &WriterId, now: &Timestamp, progress: &dyn Fn(f64)) -> Intake {
        let mut reader = Reader { here: self.here.clone(), taken: Vec::new(), writer, now, intake: Intake::default() };
        let (mut files, mut places) = (Vec::new(), Vec::new());
        for Arrival { name, place, file } in arrived {
            match file {
                Ok(file) => {
                    files.push(file);
                    places.push(place);
                }
                Err(why) => reader.intake.refused.push((name, why)),
            }
        }
        let (mut groups, unknown) = catalog::group(&files, None);
        for file in unknown {
            let is_page = markup::is_page(file.text.as_bytes(), &file.name);
            reader.intake.refused.push((file.name.clone(), if is_page { PAGE } else { UNKNOWN }.into()));
        }
        // Files without texts need the articles of the others.
        groups.sort_by_key(|group| group.format.may_lack_texts());
        let all = groups.len().max(1) as f64;
        for (at, group) in groups.iter().enumerate() {
            let place = || files.iter().position(|file| std::ptr::eq(file, group.files[0]));
            match place().and_then(|at| places[at]) {
                Some(place) if group.format.id == plain::FORMAT.id => reader.intake.plain.push(place),
                _ => reader.take(group, &|part| progress((at as f64 + part) / all)),
            }
        }
        reader.intake.plain.sort_unstable();
        if reader.intake.found.len() > 1 {
            reader.intake.plan.iter_mut().for_each(join);
        }
        reader.intake
    }

    /// What is likely a slip in the sheet of whoever works here.
    fn lint(&self, article: &ArticleId) -> Answer {
        let Some(article) = self.here.article(article) else {
            return Answer::Refused(GONE.into());
        };
        Answer::Findings(lint(&article.text, &self.here.own_sheet(&article.id)))
    }

    /// What an order comes to, the ids of what can be chosen, and the start of the names of files.
    fn write(&self, order: &Order, now: &Timestamp, generator: &str) -> Result<(Written, Vec<&str>, String), String> {
        let none = || format!("there is no format “{}”", order.format);
        let format = catalog::by_id(&order.format).ok_or_else(none)?;
        let writes = format.writes.as_ref().ok_or_else(none)?;
        let mut options = Options::of(writes.options);
        for (id, value) in &order.settings {
            options.set(id, value)?;
        }
        let article = match &order.article {
            Some(id) => Some(self.here.article(id).ok_or(GONE)?),
            None => None,
        };
        let workspace = article.map_or_else(|| self.here.clone(), |article| only(&self.here, &article.id));
        let name = project::file_name(article.map(|article| &**article), workspace.article_count(), now);
        let stem = name.strip_suffix(".json").unwrap_or(&name);
        let job = Job { options: &options, exported: now, generator, stem, progress: &|_| {} };
        let written = catalog::write(format, &workspace, &job).ok_or_else(none)?;
        Ok((written, writes.options.iter().map(|choice| choice.id).collect(), stem.to_owned()))
    }
}

/// Why there is nothing of an article.
const GONE: &str = "the article is no longer here";

/// Why a file can't be read that is of no format.
const UNKNOWN: &str = "it looks like no format that is known here";

/// Why a web page can't be read that stands in an archive.
const PAGE: &str = "it is a web page: take it out of the archive, and open it by itself";

/// Files that are read one after the other, each against what is here and all that was read before.
struct Reader<'a> {
    here: Workspace,
    /// The sheets that files went to that name nobody.
    taken: Vec<SheetKey>,
    writer: &'a WriterId,
    now: &'a Timestamp,
    intake: Intake,
}

impl Reader<'_> {
    fn take(&mut self, group: &Group<'_>, progress: &dyn Fn(f64)) {
        let Some(reads) = &group.format.reads else { return };
        let name = group.files.first().map_or("", |file| &file.name);
        let options = Options::of(reads.options);
        let context = Context { here: &self.here, taken: &self.taken, now: self.now, options: &options, progress };
        let reading = match (reads.read)(&group.files, &context) {
            Ok(reading) => reading,
            Err(why) => return self.intake.refused.push((name.to_owned(), why.to_string())),
        };
        let mut plan = formats::plan(&reading, &self.here, self.writer, self.now);
        self.taken.extend(reading.nobodys());
        let of_plan = std::mem::replace(&mut plan.issues, reading.issues);
        plan.issues.extend(of_plan);
        self.here.apply_all(&plan.changes);
        self.here.next_id = plan.next_id;
        match &mut self.intake.plan {
            None => self.intake.plan = Some(plan),
            Some(first) => {
                if let [only] = self.intake.found.as_slice() {
                    name_file(&mut first.issues, &only.name);
                }
                name_file(&mut plan.issues, name);
                add(first, plan);
            }
        }
        let is_project = group.format.id == project::ENTRY.id;
        self.intake.found.push(Found { name: name.to_owned(), format: group.format.name.to_owned(), is_project });
    }
}

/// Of several files, issues say which one they are of.
fn name_file(issues: &mut [Issue], name: &str) {
    for issue in issues {
        issue.message.insert_str(0, &format!("“{name}”: "));
    }
}

/// Adds the plan of a further file.
fn add(plan: &mut Plan, more: Plan) {
    plan.changes.extend(more.changes);
    plan.issues.extend(more.issues);
    plan.issues.truncate(limits::ISSUES);
    plan.next_id = more.next_id;
    let (sum, more) = (&mut plan.summary, more.summary);
    sum.articles_new += more.articles_new;
    sum.articles_copied += more.articles_copied;
    sum.articles_merged += more.articles_merged;
    sum.labels_added += more.labels_added;
    sum.annotations_added += more.annotations_added;
    sum.annotations_moved += more.annotations_moved;
    sum.already_here += more.already_here;
    sum.different_here += more.different_here;
    sum.set_aside += more.set_aside;
}

/// Makes one change of several of the same thing, so that each change of a plan can be held against what is here.
/// Annotations come only once: what a file before has brought counts as here already.
fn join(plan: &mut Plan) {
    let mut joined: Vec<Change> = Vec::with_capacity(plan.changes.len());
    let mut others: Vec<usize> = Vec::new();
    for change in std::mem::take(&mut plan.changes) {
        if change.sheet().is_some() {
            joined.push(change);
            continue;
        }
        match others.iter().find(|&&at| follows(&joined[at], &change)) {
            Some(&at) => joined[at] = after(&joined[at], change),
            None => {
                others.push(joined.len());
                joined.push(change);
            }
        }
    }
    plan.changes = joined;
}

/// Whether the second is a change of what the first one left.
fn follows(first: &Change, second: &Change) -> bool {
    match (first, second) {
        (Change::Article { after: Some(one), .. }, Change::Article { before: Some(other), .. }) => one.id == other.id,
        (Change::Scheme { .. }, Change::Scheme { .. }) => true,
        (Change::Annotator { .. }, Change::Annotator { .. }) => true,
        (Change::Extra { .. }, Change::Extra { .. }) => true,
        _ => false,
    }
}

/// From what was there before the first to what is there after the second.
fn after(first: &Change, second: Change) -> Change {
    match (first.clone(), second) {
        (Change::Article { before, .. }, Change::Article { after, .. }) => Change::Article { before, after },
        (Change::Scheme { before, .. }, Change::Scheme { after, .. }) => Change::Scheme { before, after },
        (Change::Annotator { before, .. }, Change::Annotator { after, .. }) => Change::Annotator { before, after },
        (Change::Extra { before, .. }, Change::Extra { after, .. }) => Change::Extra { before, after },
        (_, second) => second,
    }
}

/// A workspace with one article of another, and all that is on it.
fn only(workspace: &Workspace, article: &ArticleId) -> Workspace {
    let mut one = Workspace::default();
    one.apply(&Change::Scheme { before: one.scheme().clone(), after: workspace.scheme().clone() });
    one.apply(&Change::Annotator { before: one.annotator().clone(), after: workspace.annotator().clone() });
    one.apply(&Change::Article { before: None, after: workspace.article(article).cloned() });
    for (annotator, sheet) in workspace.sheets_of(article) {
        let sheet_key = SheetKey { article: article.clone(), annotator: annotator.clone() };
        let added = sheet.iter().map(|annotation| Change::Annotation {
            sheet: sheet_key.clone(),
            before: None,
            after: Some(annotation.clone()),
        });
        one.apply_all(&added.collect::<Vec<_>>());
    }
    one.next_id = workspace.next_id;
    one.extra = workspace.extra.clone();
    one
}

fn offers() -> Vec<Offer> {
    let written = FORMATS.iter().filter_map(|format| Some((format, format.writes.as_ref()?)));
    written.map(|(format, writes)| offer(format, writes)).collect()
}

fn offer(format: &Format, writes: &Writes) -> Offer {
    let holds = (writes.holds)(&Options::of(writes.options));
    let setting = |choice: &Choice| Setting {
        id: choice.id.into(),
        name: choice.name.into(),
        values: choice.values.iter().map(|&(value, name)| (value.into(), name.into())).collect(),
    };
    Offer {
        id: format.id.into(),
        name: format.name.into(),
        about: format.about.into(),
        settings: writes.options.iter().map(setting).collect(),
        kept: holds.kept().into_iter().map(str::to_owned).collect(),
        lost: holds.lost().into_iter().map(str::to_owned).collect(),
    }
}

fn look(written: Written, choices: &[&str]) -> Look {
    let losses = written.loss.lines.iter().map(|line| Loss {
        said: line.to_string(),
        is_written: line.fate != Fate::LeftOut,
        setting: line.choice.filter(|choice| choices.contains(choice)).unwrap_or_default().into(),
    });
    let text = match written.files.as_slice() {
        [only] if only.text.len() <= CLIPBOARD => Some(only.text.trim_start_matches('\u{feff}').to_owned()),
        _ => None,
    };
    Look {
        losses: losses.collect(),
        files: written.files.iter().map(|file| (file.name.clone(), file.text.len() as u64)).collect(),
        head: written.files.first().map(|file| head(&file.text)).unwrap_or_default(),
        text,
    }
}

/// The first lines of a text, none of them too long for a page.
fn head(text: &str) -> String {
    let text = text.trim_start_matches('\u{feff}');
    let mut head = String::new();
    for line in text.lines().take(HEAD_LINES) {
        match limits::start(line, HEAD_WIDTH) {
            Some(start) => head.extend([start, "…"]),
            None => head.push_str(line),
        }
        head.push('\n');
    }
    if text.lines().nth(HEAD_LINES).is_some() {
        head.push_str("…\n");
    }
    head
}

/// What was written, as the one file to save.
fn file(written: Written, stem: &str, now: &Timestamp) -> Answer {
    match <[_; 1]>::try_from(written.files) {
        Ok([only]) => Answer::File(only.name, only.text.into_bytes()),
        Err(several) if several.is_empty() => Answer::Refused(NOTHING.into()),
        Err(several) => {
            let files: Vec<_> = several.iter().map(|file| (file.name.as_str(), file.text.as_bytes())).collect();
            match zip::write(&files, now) {
                Some(archive) => Answer::File(format!("{stem}.zip"), archive),
                None => Answer::Refused(TOO_MANY.into()),
            }
        }
    }
}

/// Why there is no file.
const NOTHING: &str = "there is nothing to write in this format";
const TOO_MANY: &str = "these are more files than fit into one archive; export one article at a time";

#[cfg(test)]
mod tests;
