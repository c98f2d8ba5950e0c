//! `fihrist reading`: corrects how files are read.

use std::io::{self, Write as _};
use std::path::Path;

use super::args::{ReadingArgs, Switch};
use super::error::CliError;
use super::open::{Context, Outcome, check_folder};
use super::shown::{Shown, say, shown_path};
use crate::archive::{Reading, ReadingRule, Tesseract};
use crate::work::InUse;

pub(super) fn reading(ctx: &Context, args: ReadingArgs) -> Result<Outcome, CliError> {
    let (folder, as_json) = (args.folder.clone(), args.json);
    check_folder(ctx, &folder)?;
    let file = ctx.data_dir.reading_file(&folder);
    let reading = match args.files {
        // Nobody forgets the archive meanwhile.
        Some(files) => {
            let _in_use = InUse::enter(&ctx.data_dir, &folder)?;
            let rule = ReadingRule {
                files,
                encoding: args.encoding,
                format: args.format,
                fields: args.fields.into_iter().collect(),
            };
            let edit = |reading: &mut Reading| change(reading, rule, args.remove);
            ctx.data_dir.edit_reading(&folder, edit)?
        }
        None => match args.recognise_scans {
            Some(switch) => recognise_scans(ctx, &folder, switch == Switch::On)?,
            None => ctx.data_dir.load_reading(&folder)?,
        },
    };
    let mut out = io::stdout().lock();
    if as_json {
        writeln!(out, "{}", reading.to_json())?;
    } else {
        write_rules(&mut out, &reading)?;
        writeln!(out, "kept in {}", shown_path(&file))?;
    }
    Ok(Outcome::Whole)
}

/// Has scans recognised, or no more. Says what is missing for it: the files are listed with that until it is there.
fn recognise_scans(ctx: &Context, folder: &Path, is_on: bool) -> Result<Reading, CliError> {
    let _in_use = InUse::enter(&ctx.data_dir, folder)?;
    let reading = ctx.data_dir.edit_reading(folder, |reading: &mut Reading| {
        reading.recognises_scans = is_on;
        Ok::<(), CliError>(())
    })?;
    match (is_on, Tesseract::find()) {
        (true, Ok(_)) => say(format_args!("the next indexing recognises the scans")),
        (true, Err(lack)) => say(format_args!("{lack}")),
        (false, _) => say(format_args!("what was recognised stays; no other scans are recognised")),
    }
    Ok(reading)
}

/// Adds or removes the rule that was typed.
fn change(reading: &mut Reading, rule: ReadingRule, remove: bool) -> Result<(), CliError> {
    if remove {
        return match reading.remove(&rule.files) {
            true => Ok(()),
            false => Err(CliError::NoRule { files: rule.files }),
        };
    }
    if rule.encoding.is_none() && rule.format.is_none() && rule.fields.is_empty() {
        return Err(CliError::EmptyRule);
    }
    Ok(reading.set(rule)?)
}

fn write_rules(out: &mut impl io::Write, reading: &Reading) -> io::Result<()> {
    if reading.recognises_scans {
        writeln!(out, "scans are recognised")?;
    }
    for rule in &reading.rules {
        write!(out, "{}:", Shown(&rule.files))?;
        if let Some(encoding) = &rule.encoding {
            write!(out, " encoding {}", Shown(encoding))?;
        }
        if let Some(format) = rule.format {
            write!(out, " format {format}")?;
        }
        for (name, role) in &rule.fields {
            write!(out, " {}={}", Shown(name), role.name())?;
        }
        writeln!(out)?;
    }
    Ok(())
}
