"""What benchmarks/compare and benchmarks/scaling are made of; standard library only."""
