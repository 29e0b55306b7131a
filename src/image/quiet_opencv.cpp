#include "fer/image/quiet_opencv.hpp"

#include <opencv2/core/utils/logger.hpp>

namespace fer::image {

namespace logging = cv::utils::logging;

QuietOpenCv::QuietOpenCv() : earlier_(logging::setLogLevel(logging::LOG_LEVEL_SILENT)) {}

QuietOpenCv::~QuietOpenCv() {
  logging::setLogLevel(static_cast<logging::LogLevel>(earlier_));
}

}  // namespace fer::image
