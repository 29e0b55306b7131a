#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "fer/data/parts.hpp"

namespace fer::data::folder {

/// A picture's file, found and not yet opened.
struct Picture {
  std::string path;                ///< below the root, "train/happy/a.jpg"
  std::uint8_t part = kNoPart;     ///< of ownParts()
  std::uint16_t folder_class = 0;  ///< index into Tree::classes
};

/// What lies below the root of a dataset.
struct Tree {
  std::vector<std::string> classes;  ///< names of class folders, sorted
  std::vector<Picture> pictures;     ///< sorted by part, then by path
  bool has_parts = false;            ///< train/, validation/, test/ above the classes
  std::vector<std::string> notes;    ///< what was passed over, and empty folders
};

/// Walks faces/CLASS/... or faces/train/CLASS/..., which may have folders below the classes. Links are followed, each
/// folder entered once, so that a loop of links ends. Hidden names, files that are no pictures by their ending, and
/// pictures outside class folders are passed over. Memory grows with the pictures only. Throws Error (bad data) where
/// a folder cannot be read, or the tree is none of both.
Tree walk(const std::filesystem::path& root);

}  // namespace fer::data::folder
