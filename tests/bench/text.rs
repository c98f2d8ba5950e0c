//! The cost of text: an article and a list, cold and warm, and the memory used after much reading.
//!
//! `cargo bench --bench text`. Everything but the graphics card takes part: layout, rasterising, painting, meshes.
//! All texts are made of the invented paragraphs of `assets/sample`.

use std::hint::black_box;
use std::path::Path;
use std::sync::Arc;

use criterion::{BatchSize, Criterion};
use egui::{Context, Event, Id, RawInput, Rect, UiBuilder, Vec2, pos2, vec2};
use fihrist::archive::{self, ArticleId};
use fihrist::index::{Facet, FacetCounts, Hit, ResultPage, Snippet};
use fihrist::state::{
    self, AppState, ArchiveJob, ArchiveRoot, Command, Job, SearchId, SearchJob, SessionId, Settings, SystemTheme,
};
use fihrist::text::{self, Block, Direction, LineAlign, ListState, ReaderOptions, ReaderState, SpanStyle, TextStyle};
use fihrist::ui::{UiState, theme, window_ui};

const SESSION: SessionId = SessionId(1);
const ARTICLE_WORDS: usize = 700;
const N_ROWS: u64 = 1_000_000;
const ROWS_IN_VIEW: usize = 40;
const ROW_HEIGHT: f32 = 138.0;
const READER: Vec2 = vec2(700.0, 740.0);
const LIST: Vec2 = vec2(380.0, ROWS_IN_VIEW as f32 * ROW_HEIGHT);

fn main() {
    let sample = Sample::read();
    print_memory(&sample);
    let mut criterion = Criterion::default().configure_from_args();
    article(&mut criterion, &sample);
    list(&mut criterion, &sample);
    window(&mut criterion, &sample);
    criterion.final_summary();
}

/// The invented stories.
struct Sample {
    titles: Vec<String>,
    paragraphs: Vec<String>,
}

impl Sample {
    fn read() -> Self {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/sample");
        let mut files: Vec<_> = ["difaf", "majmaa", "sada", "sidra-wire"]
            .iter()
            .flat_map(|folder| std::fs::read_dir(root.join(folder)).unwrap())
            .map(|entry| entry.unwrap().path().strip_prefix(&root).unwrap().to_owned())
            .collect();
        files.sort();
        let mut sample = Self {
            titles: Vec::new(),
            paragraphs: Vec::new(),
        };
        for article in files.iter().flat_map(|file| {
            archive::read_file(&root, file, &archive::Reading::default())
                .unwrap()
                .articles
        }) {
            let body = article.body();
            let paragraphs = body.split("\n\n").filter(|it| 10 < it.split(' ').count());
            sample.paragraphs.extend(paragraphs.map(str::to_owned));
            sample.titles.push(article.title);
        }
        assert!(20 < sample.titles.len() && 60 < sample.paragraphs.len());
        sample
    }

    /// Paragraphs of some 700 words; no two numbers have one in common.
    fn article(&self, number: usize) -> Vec<String> {
        let mut n_words = 0;
        let mut paragraphs = Vec::new();
        for paragraph in self.paragraphs.iter().cycle().skip(number % self.paragraphs.len()) {
            if ARTICLE_WORDS <= n_words {
                break;
            }
            let paragraph = format!("{paragraph} ({number})");
            n_words += paragraph.split(' ').count();
            paragraphs.push(paragraph);
        }
        paragraphs
    }

    fn title(&self, row: u64) -> String {
        format!("{} ({row})", self.titles[row as usize % self.titles.len()])
    }

    fn snippet(&self, row: u64) -> String {
        format!("{row} {}", self.paragraphs[row as usize % self.paragraphs.len()])
    }
}

fn blocks(article: &[String]) -> Vec<Block> {
    let style = TextStyle::body(&theme::look(&Settings::default(), SystemTheme::Light));
    let block = |text: &String| Block::new(text.clone(), style.clone(), 8.0);
    article.iter().map(block).collect()
}

fn context() -> Context {
    let ctx = Context::default();
    text::install(&ctx, theme::look(&Settings::default(), SystemTheme::Light));
    ctx
}

/// A frame up to its meshes. Returns how many there are.
fn frame(ctx: &Context, size: Vec2, events: Vec<Event>, add: impl FnMut(&mut egui::Ui)) -> usize {
    let input = RawInput {
        screen_rect: Some(Rect::from_min_size(pos2(0.0, 0.0), size)),
        events,
        ..RawInput::default()
    };
    let mut output = ctx.run_ui(input, add);
    // There is no graphics card here to take the textures.
    output.textures_delta.clear();
    black_box(ctx.tessellate(output.shapes, output.pixels_per_point)).len()
}

/// A frame of the reader with this article, in a column `width` points wide.
fn read(ctx: &Context, state: &mut ReaderState, sample: &Sample, number: usize, width: f32) {
    frame(ctx, READER, Vec::new(), |ui| {
        let blocks = || blocks(&sample.article(number));
        let options: ReaderOptions<'_, ()> = ReaderOptions {
            key: number as u64,
            text: number as u64,
            max_width: width,
            name: "article",
            menu: &|_| Vec::new(),
            link_menu: &|_| Vec::new(),
            picture: &|_| None,
        };
        text::reader_ui(ui, Id::unique("reader"), state, options, blocks);
    });
}

fn article(criterion: &mut Criterion, sample: &Sample) {
    let mut group = criterion.benchmark_group("article");
    group.bench_function("cold: engine, fonts, glyphs, first frame", |b| {
        b.iter_batched(
            ReaderState::default,
            |mut state| read(&context(), &mut state, sample, 0, 640.0),
            BatchSize::PerIteration,
        );
    });
    let ctx = context();
    let mut state = ReaderState::default();
    let mut number = 0;
    group.bench_function("warm: another text, a frame", |b| {
        b.iter(|| {
            number += 1;
            read(&ctx, &mut state, sample, number, 640.0);
        });
    });
    group.bench_function("resized by a point, a frame", |b| {
        let mut width = 640.0;
        b.iter(|| {
            width = if width == 640.0 { 639.0 } else { 640.0 };
            read(&ctx, &mut state, sample, 0, width);
        });
    });
    group.bench_function("unchanged, a frame", |b| {
        b.iter(|| read(&ctx, &mut state, sample, 0, 640.0));
    });

    // Layout by itself: nothing of it is in view, so nothing is painted.
    let style = TextStyle::body(&theme::look(&Settings::default(), SystemTheme::Light));
    let mut number = 1_000_000;
    let set = |paragraphs: &[String], width: f32, ui: &mut egui::Ui| {
        let rect = Rect::from_min_size(pos2(0.0, 1.0e5), vec2(width, 1.0e5));
        let mut below = ui.new_child(UiBuilder::new().max_rect(rect));
        for paragraph in paragraphs {
            text::text_ui(&mut below, paragraph, &style);
        }
    };
    group.bench_function("layout alone: shaped and broken", |b| {
        b.iter_batched(
            || {
                number += 1;
                sample.article(number)
            },
            |article| frame(&ctx, READER, Vec::new(), |ui| set(&article, 640.0, ui)),
            BatchSize::PerIteration,
        );
    });
    let article = sample.article(0);
    group.bench_function("layout alone: broken at another width", |b| {
        let mut width = 640.0;
        b.iter(|| {
            width = if width == 640.0 { 639.0 } else { 640.0 };
            frame(&ctx, READER, Vec::new(), |ui| set(&article, width, ui))
        });
    });
    group.bench_function("layout alone: kept", |b| {
        b.iter(|| frame(&ctx, READER, Vec::new(), |ui| set(&article, 640.0, ui)));
    });
    group.finish();
}

/// A frame of a list of rows as the window's: title, source and snippet with marked words.
fn list_frame(ctx: &Context, sample: &Sample, offset: f64) {
    let look = theme::look(&Settings::default(), SystemTheme::Light);
    let style = TextStyle::interface(&look);
    let title_style = style.clone().size(15.0).bold();
    let snippet_style = style.clone().size(13.0);
    let mut state = ListState::default();
    state.offset = offset;
    frame(ctx, LIST, Vec::new(), |ui| {
        text::list_ui(
            ui,
            "rows",
            &mut state,
            N_ROWS,
            ROW_HEIGHT,
            "rows",
            |ui, rect, row, _| {
                let (title, snippet) = (sample.title(row), sample.snippet(row));
                let end = title.find(' ').unwrap_or(title.len());
                let mark = SpanStyle {
                    span: fihrist::arabic::Span::new(0, end),
                    background: Some(look.palette.mark),
                    ..SpanStyle::default()
                };
                let inner = rect.shrink2(vec2(14.0, 9.0));
                let height = text::paint_lines(ui, inner, &title, &[mark], &title_style, Direction::RightToLeft, 2);
                let (meta, rest) = inner
                    .with_min_y(inner.top() + height + 3.0)
                    .split_top_bottom_at_y(inner.top() + height + 25.0);
                text::paint_line(ui, meta, "صحيفة المدار · 14 آذار 2023", &[], &style, LineAlign::Start);
                text::paint_lines(ui, rest, &snippet, &[], &snippet_style, Direction::RightToLeft, 2);
                title
            },
        );
    });
}

fn list(criterion: &mut Criterion, sample: &Sample) {
    let mut group = criterion.benchmark_group("40 list rows");
    group.bench_function("cold: engine, fonts, glyphs, first frame", |b| {
        b.iter(|| list_frame(&context(), sample, 0.0));
    });
    let ctx = context();
    let mut offset = 0.0;
    group.bench_function("other rows, a frame", |b| {
        b.iter(|| {
            offset += f64::from(LIST.y);
            list_frame(&ctx, sample, offset);
        });
    });
    group.bench_function("the same rows, a frame", |b| b.iter(|| list_frame(&ctx, sample, 0.0)));
    group.bench_function("scrolled by 23 points, a frame", |b| {
        b.iter(|| {
            offset += 23.0;
            list_frame(&ctx, sample, offset);
        });
    });
    group.finish();
}

/// The whole window over a result of a million articles, without threads: what is asked for is answered at once.
struct Window<'a> {
    ctx: Context,
    sample: &'a Sample,
    state: AppState,
    ui_state: UiState,
}

impl<'a> Window<'a> {
    fn new(sample: &'a Sample) -> Self {
        let mut state = AppState::new(Settings::default());
        state.apply(state::Event::Opened {
            session: SESSION,
            root: ArchiveRoot::Sample,
            folder: "archive".into(),
            n_articles: N_ROWS,
            rebuilt: false,
            recognises_scans: false,
        });
        let facets = Facet::ALL.map(|facet| FacetCounts {
            facet,
            values: Vec::new(),
            n_values: 0,
        });
        let page = ResultPage {
            articles: (0..N_ROWS).map(ArticleId).collect(),
            facets: facets.to_vec(),
            ..ResultPage::default()
        };
        let jobs = state.apply(state::Event::of(
            SESSION,
            state::SearchEvent::Done {
                id: SearchId(1),
                page: Arc::new(page),
            },
        ));
        let mut window = Self {
            ctx: context(),
            sample,
            state,
            ui_state: UiState::default(),
        };
        window.answer(jobs);
        window
    }

    fn frame(&mut self, events: Vec<Event>) {
        let mut commands = Vec::new();
        frame(&self.ctx, vec2(1280.0, 800.0), events, |ui| {
            commands = window_ui(ui, &self.state, &mut self.ui_state);
        });
        for command in commands {
            if let Command::ShowRows(_) = command {
                let jobs = self.state.update(command);
                self.answer(jobs);
            }
        }
    }

    fn answer(&mut self, jobs: Vec<Job>) {
        for job in jobs {
            let Job::Archive { job, .. } = job else { continue };
            let ArchiveJob::Search(SearchJob::LoadRows { id, rows, .. }) = job else {
                continue;
            };
            let first = rows.start;
            let hits = rows.map(|row| self.hit(row as u64)).collect();
            self.state.apply(state::Event::of(
                SESSION,
                state::SearchEvent::RowsLoaded { id, first, hits },
            ));
        }
    }

    fn hit(&self, row: u64) -> Hit {
        Hit {
            article: ArticleId(row),
            path: "1.txt".into(),
            record: 0,
            title: self.sample.title(row),
            title_derived: false,
            published: None,
            source: Some("صحيفة المدار".into()),
            address: None,
            is_recognised: false,
            score: 0.0,
            title_matches: Vec::new(),
            title_names: Vec::new(),
            story_size: 1,
            n_sources: 0,
            n_identical: 0,
            snippet: Snippet {
                text: self.sample.snippet(row),
                ..Snippet::default()
            },
        }
    }
}

fn window(criterion: &mut Criterion, sample: &Sample) {
    let mut group = criterion.benchmark_group("window");
    let mut window = Window::new(sample);
    for _ in 0..3 {
        window.frame(vec![Event::PointerMoved(pos2(1100.0, 400.0))]);
    }
    group.bench_function("unchanged, a frame", |b| b.iter(|| window.frame(Vec::new())));
    group.bench_function("a million rows scrolled by 7 points, a frame", |b| {
        b.iter(|| {
            window.frame(vec![Event::MouseWheel {
                unit: egui::MouseWheelUnit::Point,
                delta: vec2(0.0, -7.0),
                phase: egui::TouchPhase::Move,
                source: egui::MouseWheelSource::Unknown,
                modifiers: egui::Modifiers::NONE,
            }]);
        });
    });
    group.finish();
}

/// Reads 500 articles in turn and prints the memory used afterwards.
fn print_memory(sample: &Sample) {
    let before = resident_mib();
    let ctx = context();
    let mut state = ReaderState::default();
    let mut after_first = None;
    for number in 0..500 {
        read(&ctx, &mut state, sample, number, 640.0);
        after_first = after_first.or_else(resident_mib);
    }
    match (before, after_first, resident_mib()) {
        (Some(before), Some(first), Some(last)) => println!(
            "memory of the text layer: {:.1} MiB after one article, {:.1} MiB after 500",
            first - before,
            last - before
        ),
        _ => println!("memory of the text layer: only measured on Linux"),
    }
}

/// The memory of the process, in MiB.
fn resident_mib() -> Option<f64> {
    let statm = std::fs::read_to_string("/proc/self/statm").ok()?;
    let n_pages: f64 = statm.split(' ').nth(1)?.parse().ok()?;
    // The page of every desktop that runs Linux is of 4 KiB, but for some of ARM.
    Some(n_pages * 4096.0 / (1024.0 * 1024.0))
}
