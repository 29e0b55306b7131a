namespace fer::nn {}
