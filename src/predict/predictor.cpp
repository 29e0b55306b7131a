namespace fer::predict {}
