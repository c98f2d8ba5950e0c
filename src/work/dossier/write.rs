//! From articles to a dossier.

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::fs::{self, File};
use std::io::{self, BufWriter, Seek, Write};
use std::path::{Path, PathBuf};

use jiff::{Unit, Zoned};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use crate::archive::ArticleId;
use crate::entities::{ArticleKey, ArticlePrint, Correction, Corrections, EntityIdx, ListedCorrection, Settled};
use crate::index::{Cancelled, FullOptions, SearchRequest, Searcher};
use crate::marks::Marks;

use super::super::kept::Kept as _;
use super::super::private::persist_for_user;
use super::error::DossierError;
use super::manifest::{
    ARTICLES, ArticleLine, CORRECTIONS, DossierManifest, FORMAT, MANIFEST, MARKS, ORIGINALS, VERSION,
};

/// How many articles are read at once. Picked by feel.
const ARTICLES_AT_ONCE: usize = 256;

/// What is put into a dossier.
#[derive(Clone, Copy)]
pub struct DossierPlan<'a> {
    /// The archive's folder.
    pub folder: &'a Path,
    /// The articles, in their order.
    pub articles: &'a [ArticleId],
    /// The search that found them; nothing if they were chosen one by one.
    pub query: Option<&'a str>,
    /// The marks of the archive.
    pub marks: &'a Marks,
    /// Its corrections.
    pub corrections: &'a Corrections,
    /// Whether the files are put in from which the articles came.
    pub with_originals: bool,
    /// Whether a file that is there already is replaced.
    pub replaces: bool,
}

/// What became of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DossierReport {
    /// How many articles it holds.
    pub articles: u64,
    /// How many of the articles the index does not hold any more.
    pub gone: u64,
    /// How many original files could not be read, or bear names that are not Unicode.
    pub originals_left_out: u64,
}

/// The articles that were written, by their places before and in the dossier.
#[derive(Default)]
struct Written {
    /// Where each is, and what it says, by its id.
    now: BTreeMap<ArticleId, (ArticleKey, ArticlePrint)>,
    entities: HashSet<EntityIdx>,
    texts: Vec<String>,
    originals: BTreeSet<PathBuf>,
}

/// Writes a dossier to `path`, where it is as a whole or not at all. `progress` hears how many articles were written.
pub fn write_dossier(
    searcher: &Searcher,
    plan: DossierPlan<'_>,
    path: &Path,
    progress: &mut dyn FnMut(u64),
    cancelled: Cancelled<'_>,
) -> Result<DossierReport, DossierError> {
    let dir = path.parent().filter(|it| !it.as_os_str().is_empty());
    let dir = fs::canonicalize(dir.unwrap_or(Path::new(".")))?;
    if fs::canonicalize(plan.folder).is_ok_and(|folder| dir.starts_with(folder)) {
        return Err(DossierError::InArchive);
    }
    if !plan.replaces && path.exists() {
        return Err(DossierError::Exists);
    }
    let temp = tempfile::Builder::new()
        .prefix(".fihrist-")
        .suffix(".part")
        .tempfile_in(&dir)?;
    let mut zip = ZipWriter::new(BufWriter::new(temp.as_file().try_clone()?));
    let mut report = DossierReport::default();
    zip.start_file(ARTICLES, options())?;
    let written = write_articles(searcher, plan, &mut zip, &mut report, progress, cancelled)?;
    zip.start_file(MARKS, options())?;
    zip.write_all(marks_of(searcher, plan.marks, &written).to_kept()?.as_bytes())?;
    zip.start_file(CORRECTIONS, options())?;
    let corrections = corrections_of(searcher, plan.corrections, &written);
    zip.write_all(corrections.to_json().as_bytes())?;
    let originals = match plan.with_originals {
        true => write_originals(plan.folder, &written.originals, &mut zip, &mut report, cancelled)?,
        false => Vec::new(),
    };
    let now = Zoned::now().datetime();
    let manifest = DossierManifest {
        format: FORMAT.to_owned(),
        version: VERSION,
        program: concat!("Fihrist ", env!("CARGO_PKG_VERSION")).to_owned(),
        made: now.round(Unit::Second).unwrap_or(now).to_string(),
        query: plan.query.map(str::to_owned),
        articles: report.articles,
        originals,
    };
    zip.start_file(MANIFEST, options())?;
    serde_json::to_writer_pretty(&mut zip, &manifest)?;
    zip.finish()?.flush()?;
    if cancelled() {
        return Err(DossierError::Cancelled);
    }
    persist_for_user(temp, path)?;
    tracing::info!(articles = report.articles, "a dossier was written");
    Ok(report)
}

fn options() -> SimpleFileOptions {
    SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .large_file(true)
}

fn write_articles<W: Write + Seek>(
    searcher: &Searcher,
    plan: DossierPlan<'_>,
    zip: &mut ZipWriter<W>,
    report: &mut DossierReport,
    progress: &mut dyn FnMut(u64),
    cancelled: Cancelled<'_>,
) -> Result<Written, DossierError> {
    let request = SearchRequest::default();
    let nothing_more = FullOptions {
        roles: false,
        snippet: false,
    };
    let mut written = Written::default();
    for articles in plan.articles.chunks(ARTICLES_AT_ONCE) {
        if cancelled() {
            return Err(DossierError::Cancelled);
        }
        let read = searcher.full_articles(articles, &request, nothing_more);
        report.gone += (articles.len() - read.len()) as u64;
        for article in read {
            let article = article?;
            let stored = &article.stored;
            let key = ArticleKey {
                file: ARTICLES.to_owned(),
                record: report.articles as u32,
            };
            let print = ArticlePrint::new(&stored.title, &stored.body);
            let file = ArticleKey::at(&stored.path, 0).file;
            serde_json::to_writer(&mut *zip, &ArticleLine::of(stored, &file))?;
            zip.write_all(b"\n")?;
            written.now.insert(article.id, (key, print));
            written.entities.extend(&article.entities);
            written.originals.insert(stored.path.clone());
            if plan.corrections.of_articles().next().is_some() {
                written.texts.push(format!("{}\n{}", stored.title, stored.body));
            }
            report.articles += 1;
        }
        progress(report.articles + report.gone);
    }
    Ok(written)
}

/// The marks of the articles that were written, in their new places.
fn marks_of(searcher: &Searcher, marks: &Marks, written: &Written) -> Marks {
    let place = |key: &ArticleKey| searcher.article_of(key).and_then(|id| written.now.get(&id));
    let mut marks = marks.only(&|key| place(key).is_some());
    let settled = marks.articles().map(|(key, it)| Settled {
        was: key.clone(),
        was_lost: false,
        print: it.print.clone(),
        now: place(key).cloned(),
    });
    let settled: Vec<Settled> = settled.collect();
    marks.settle(&settled);
    marks
}

/// The corrections that concern what was written: of these articles, of their names, of words that stand in them.
fn corrections_of(searcher: &Searcher, corrections: &Corrections, written: &Written) -> Corrections {
    let registry = searcher.registry();
    let concerns = |it: &Correction| match it {
        Correction::MarkName { words, .. } | Correction::UnmarkName { words, .. } => {
            written.texts.iter().any(|text| text.contains(words))
        }
        it => {
            let mut named = it.entities().into_iter().filter_map(|id| registry.find(id));
            named.any(|idx| written.entities.contains(&idx))
        }
    };
    let mut settled = Vec::new();
    let listed = corrections.with_prints().filter_map(|(correction, says)| {
        let mut says = says.cloned();
        if let Some(key) = correction.article() {
            let (now, print) = searcher.article_of(key).and_then(|id| written.now.get(&id))?;
            // One that lies where another article is by now is not about that.
            if says.as_ref().is_some_and(|says| !says.has_text_of(print)) {
                return None;
            }
            says = Some(print.clone());
            settled.push(Settled {
                was: key.clone(),
                was_lost: false,
                print: print.clone(),
                now: Some((now.clone(), print.clone())),
            });
        } else if !concerns(correction) {
            return None;
        }
        Some(ListedCorrection {
            correction: correction.clone(),
            article_says: says,
        })
    });
    let mut corrections: Corrections = listed.collect();
    corrections.settle(&settled);
    corrections
}

/// Copies the original files; returns their names in the dossier.
fn write_originals<W: Write + Seek>(
    folder: &Path,
    originals: &BTreeSet<PathBuf>,
    zip: &mut ZipWriter<W>,
    report: &mut DossierReport,
    cancelled: Cancelled<'_>,
) -> Result<Vec<String>, DossierError> {
    let mut names = Vec::new();
    for path in originals {
        if cancelled() {
            return Err(DossierError::Cancelled);
        }
        let opened = path.to_str().and_then(|_| File::open(folder.join(path)).ok());
        let Some(mut file) = opened else {
            report.originals_left_out += 1;
            continue;
        };
        let name = format!("{ORIGINALS}{}", ArticleKey::at(path, 0).file);
        zip.start_file(&name, options())?;
        io::copy(&mut file, zip)?;
        names.push(name);
    }
    Ok(names)
}
