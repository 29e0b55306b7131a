#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "fer/report/timeline/timeline.hpp"

namespace fer::report {

/// "12 %" of a share of one; "< 1 %" where it would be nought though there is something.
std::string shareText(double share);

/// The seconds as shares of their sum; all 0 where it is.
std::vector<double> sharesOf(const std::vector<double>& seconds);

/// "mostly happy (62 %)"; "not classified" where it never was.
std::string mostlyText(const std::vector<double>& seconds, const std::vector<std::string>& classes);

/// Shares side by side in one bar. A screen reader is told: "WHOSE: happy 62 %, sad 38 %".
std::string shareBar(const std::string& whose, const std::vector<double>& seconds,
                     const std::vector<std::string>& classes, const std::vector<std::string>& colours);

/// Name, colour and share of each class.
std::string classLegend(const std::vector<double>& seconds, const std::vector<std::string>& classes,
                        const std::vector<std::string>& colours);

/// A row a track: when, how long, the shares.
std::string trackTable(const TimelineSource& source, const std::vector<std::string>& classes);

/// All of a source: shares, video, lanes, table. Several on a page have their names as headings.
std::string sourceSection(const Timeline& timeline, std::size_t index, const std::vector<std::string>& colours);

}  // namespace fer::report
