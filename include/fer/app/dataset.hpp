#pragma once

#include <filesystem>

#include "fer/data/options.hpp"
#include "fer/data/synth/synth.hpp"

namespace fer::app {

/// What fer-data does with a CSV in FER-2013's format or a folder of pictures, printed to stdout. Each throws Error.

/// Rows, splits, classes, pixel statistics, hashes; with options.protocol "kfold" the folds, too.
void showDataset(const std::filesystem::path& file, const data::DataOptions& options);

/// Images that stand twice, within and across splits, and images without content; as JSON with every group's rows. With
/// options.protocol "kfold" each fold's rows and how many of them also stand in another fold.
void auditDataset(const std::filesystem::path& file, const data::DataOptions& options, bool as_json);

/// Writes a folder as a CSV, or a CSV as a folder of PNG files that are named as folder editions of FER-2013 name them;
/// whole or not at all. What is written reads as the same dataset, by data hash. What exists is replaced with `force`
/// only.
void convertDataset(const std::filesystem::path& from, const std::filesystem::path& to,
                    const data::DataOptions& options, bool force);

/// Writes drawn, labelled faces. A file that exists is replaced with `force` only.
void synthesiseDataset(const data::SynthOptions& options, const std::filesystem::path& out, bool force);

}  // namespace fer::app
